"""What a type of identifier declares, and what recognising a value gives.

Everything the portal says about a value follows from two things, its type and its canonical form: so a value read
back from the database says the same as on the day it was typed in.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from django.utils.functional import Promise

from efc_portal.core.countries import country_name
from efc_portal.core.text import MAX_LENGTH
from efc_portal.indicators.clues import Clue
from efc_portal.indicators.enums import Confidence, MatchRule
from efc_portal.indicators.plain import Plain

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote beside a value, such as the chain and token of an address. It tells no two values apart.

    `words` is one short line on it. `chain` and `token` are codes (`polygon`, `USDT`) or "".
    """

    words: Words
    chain: str = ""
    token: str = ""

    def kept(self) -> dict[str, str]:
        """What is kept of it with the value: the chain and the token, where they were named."""
        return {name: code for name, code in (("chain", self.chain), ("token", self.token)) if code}


@dataclass(frozen=True, slots=True)
class Recognised:
    """A valid value: its type's code and its canonical form, by which equal values are found.

    `said` is what stood beside it where it was just typed in; a value that comes from the database has none.
    """

    type: str
    canonical: str
    said: Said | None = field(default=None, compare=False)

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
        return str(self.said.words if self.said else self.declaration.detail(self.canonical))

    @property
    def chain(self) -> str:
        """A wallet's or transaction's chain (`bitcoin`, `bitcoin-testnet`, `ethereum`), or ""."""
        return (self.said.chain if self.said else "") or self.declaration.chain(self.canonical)

    @property
    def token(self) -> str:
        """The token that was named with a wallet's address: its symbol, its contract's address, or ""."""
        return self.said.token if self.said else ""

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
    """Where a value goes in STIX 2.1: an observable's type and property, and its extension definition if it has one.

    `also` are properties with a value of their own that every such object has.
    """

    type: str
    property: str
    extension: str | None = None
    also: tuple[tuple[str, str | bool], ...] = ()


# For what STIX has no place: an identity of no known class, named by the type and the value.
NO_STIX = StixHint("identity", "name", also=(("identity_class", "unknown"),))


@dataclass(frozen=True, slots=True)
class MispHint:
    """Where a value goes in MISP: an object's template and the relation in it.

    Where no object fits, `object` is "" and `relation` is the type of an attribute that stands alone.
    """

    object: str
    relation: str


class Span(NamedTuple):
    """A candidate in a text, before it is validated: where it stands, its text, and how sure a valid one is."""

    start: int
    end: int
    text: str
    confidence: Confidence


class Shape(NamedTuple):
    """What cleaned ASCII texts that look like a type have in common. Too wide costs time, too narrow loses values.

    Each begins with one of `first` (any, if that is empty), has `least` to `most` characters, and holds one of `marks`:
    None says nothing of them, and "" that all characters are letters and digits.
    """

    first: str = ""
    least: int = 1
    most: int = MAX_LENGTH
    marks: str | None = None


class IndicatorType(ABC):
    """One type of identifier. A module of `indicators.types` holds a subclass and its instance, `DECLARATION`.

    Its place in lists is `order`; by it values are recognised too, so the most particular types come first.
    """

    code: ClassVar[str]
    label: ClassVar[Words]
    help: ClassVar[Words]
    example: ClassVar[str]
    accepts: ClassVar[tuple[str, ...]] = ()  # other ways of writing a value that are understood
    refuses: ClassVar[tuple[str, ...]] = ()  # values that are refused, each for a reason of its own
    order: ClassVar[int]
    stix: ClassVar[StixHint]
    misp: ClassVar[MispHint | None]  # None: MISP has no place for it
    # Its element in a goAML report (schema 5.0.2), as type and element: `t_account/iban`. None: it has no place there.
    goaml: ClassVar[str | None]
    method: ClassVar[str] = ""  # the payment method class it speaks of (DOMAIN's list), if any
    match_rule: ClassVar[MatchRule] = MatchRule.EXACT
    secret: ClassVar[bool] = False  # whoever reads a value can spend it: it is shown cut short, and not read back
    # How it is found in a text: next to which clues, in what form (from the clue's place on), and how sure a valid
    # one is. Without a clue or a word it is never searched for. The pattern must not backtrack.
    clues: ClassVar[tuple[Clue, ...]] = ()
    words: ClassVar[tuple[str, ...]] = ()  # words that a value begins with, in lower case: they are clues as well
    pattern: ClassVar[re.Pattern[str] | None] = None
    starts: ClassVar[str] = ""  # the characters one of them begins with, if these are few
    found_as: ClassVar[Confidence] = Confidence.CANDIDATE
    # Days until a value that nobody sees any more has faded (`lifetime.py`).
    lifetime_days: ClassVar[int] = 3 * 365
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(),
    )  # of all that `looks_like` it: one asks whether a text has one first

    @abstractmethod
    def canonicalise(self, text: str, region: str | None = None) -> str:
        """The one canonical form of a cleaned value; raises `InvalidValue`. `region` is the reporter's country."""

    def valid_ones(self, values: Sequence[str]) -> list[str | None]:
        """The canonical form of those of many values, as they come, that are quickly seen to be valid; else None.

        What is None here may be valid all the same: `canonicalise` decides, and says what is wrong.
        """
        return [None] * len(values)

    @abstractmethod
    def looks_like(self, text: str) -> bool:
        """Whether a cleaned value has the shape of this type, right or mistyped. Cheap, and never raises."""

    def said(self, text: str) -> Said | None:
        """What a valid, cleaned value says beside its canonical form."""
        return None

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

    def observable(self, canonical: str) -> tuple[StixHint, dict[str, str]]:
        """A value in STIX 2.1: where it goes, and the properties that say the value and make the object's id."""
        return self.stix, {self.stix.property: canonical}

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

    def shorter(self, span: Span) -> Span | None:
        """A candidate that is no value, without what may not belong to it; None: there is nothing more to try."""
        return None
