"""What a type of identifier declares, and what recognising a value gives.

Everything the portal says about a value follows from two things, its type and its canonical form: so a value read
back from the database says the same as on the day it was typed in.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from django.utils.functional import Promise

from efc_portal.core.countries import country_name
from efc_portal.indicators.clues import Clue
from efc_portal.indicators.enums import Confidence, MatchRule
from efc_portal.indicators.plain import Plain

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Recognised:
    """A valid value: its type's code and its canonical form, by which equal values are found."""

    type: str
    canonical: str

    @property
    def declaration(self) -> IndicatorType:
        from efc_portal.indicators.types import type_of

        return type_of(self.type)

    @property
    def display(self) -> str:
        """For reading: grouped, defanged, truncated; never something to click on."""
        return self.declaration.display(self.canonical)

    @property
    def masked(self) -> str:
        """For places where the value itself must not stand: its ends alone."""
        return self.declaration.masked(self.canonical)

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 code of the country the value itself names (an IBAN's, a phone number's), or ""."""
        return self.declaration.country(self.canonical)

    @property
    def detail(self) -> str:
        """One short line on what the value tells, such as “Bank code 37040044”, or ""."""
        return str(self.declaration.detail(self.canonical))

    @property
    def chain(self) -> str:
        """A wallet's chain (`bitcoin`, `bitcoin-testnet`, `ethereum`), or ""."""
        return self.declaration.chain(self.canonical)

    @property
    def label(self) -> str:
        """What it was recognised as: “IBAN, Germany”."""
        label = str(self.declaration.label)
        return f"{label}, {country_name(self.country)}" if self.country else label


class Found(NamedTuple):
    """A value found in a text: `text[start:end]`, on the 1-based line `line`."""

    type: str
    canonical: str
    start: int
    end: int
    line: int
    confidence: Confidence

    @property
    def recognised(self) -> Recognised:
        return Recognised(self.type, self.canonical)


@dataclass(frozen=True, slots=True)
class StixHint:
    """Where a value goes in STIX 2.1: an observable's type and property, and its extension definition if it has one."""

    type: str
    property: str
    extension: str | None = None


class Span(NamedTuple):
    """A candidate in a text, before it is validated: where it stands, its text, and how sure a valid one is."""

    start: int
    end: int
    text: str
    confidence: Confidence


class IndicatorType(ABC):
    """One type of identifier. A module of `indicators.types` holds a subclass and its instance, `DECLARATION`.

    Its place in lists is `order`; by it values are recognised too, so the most particular types come first.
    """

    code: ClassVar[str]
    label: ClassVar[Words]
    help: ClassVar[Words]
    example: ClassVar[str]
    order: ClassVar[int]
    stix: ClassVar[StixHint]
    method: ClassVar[str] = ""  # the payment method class it speaks of (DOMAIN's list), if any
    match_rule: ClassVar[MatchRule] = MatchRule.EXACT
    # How it is found in a text: next to which clues, in what form (from the clue's place on), and how sure a valid
    # one is. Without a clue or a word the whole text is searched for its pattern, which costs far more, and without a
    # pattern it is never found. The pattern must not backtrack.
    clues: ClassVar[tuple[Clue, ...]] = ()
    words: ClassVar[tuple[str, ...]] = ()  # words that a value begins with, in lower case: they are clues as well
    pattern: ClassVar[re.Pattern[str] | None] = None
    starts: ClassVar[str] = ""  # the characters one of them begins with, if these are few
    found_as: ClassVar[Confidence] = Confidence.CANDIDATE
    # Days until a value that nobody sees any more has faded (`lifetime.py`).
    lifetime_days: ClassVar[int] = 3 * 365

    @abstractmethod
    def canonicalise(self, text: str, region: str | None = None) -> str:
        """The one canonical form of a cleaned value; raises `InvalidValue`. `region` is the reporter's country."""

    @abstractmethod
    def looks_like(self, text: str) -> bool:
        """Whether a cleaned value has the shape of this type, right or mistyped. Cheap, and never raises."""

    def display(self, canonical: str) -> str:
        return canonical

    def masked(self, canonical: str) -> str:
        keep = 4 if len(canonical) >= 12 else 1
        return f"{canonical[:keep]}…{canonical[-keep:]}"

    def country(self, canonical: str) -> str:
        return ""

    def detail(self, canonical: str) -> Words:
        return ""

    def chain(self, canonical: str) -> str:
        return ""

    def covered_by(self, canonical: str) -> Iterator[tuple[str, str]]:
        """The (type, canonical) of wider values this one lies under: an address's domain, a host's parent domains."""
        return iter(())

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        """What may be a value of this type where one of its clues stands; it is not validated yet.

        Looks at no more than a value's length around the clue: that keeps extraction linear in a text's length.
        """
        match = self.pattern.match(plain.code, start) if self.pattern is not None else None
        if match is None or plain.code[match.end() : match.end() + 1].isalnum():
            return None
        return Span(start, match.end(), match[0], self.found_as)

    def candidates(self, text: str, region: str | None = None) -> Iterator[Span]:
        """Where values of a type without clues and words may stand in a text, in order."""
        for match in self.pattern.finditer(text) if self.pattern is not None else ():
            yield Span(match.start(), match.end(), match[0], self.found_as)

    def shorter(self, span: Span) -> Span | None:
        """A candidate that is no value, without what may not belong to it; None: there is nothing more to try."""
        return None
