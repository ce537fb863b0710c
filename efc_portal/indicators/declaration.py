"""What a type of identifier declares, and what recognising a value gives.

Everything the portal says about a value follows from two things, its type and its canonical form: so a value read
back from the database says the same as on the day it was typed in.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from django.utils.functional import Promise

from efc_portal.core.countries import country_name
from efc_portal.core.text import MAX_LENGTH
from efc_portal.indicators.enums import Confidence, MatchRule

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


@dataclass(frozen=True, slots=True)
class Found:
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


@dataclass(frozen=True, slots=True)
class Span:
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
    order: ClassVar[int]
    stix: ClassVar[StixHint]
    method: ClassVar[str] = ""  # the payment method class it speaks of (DOMAIN's list), if any
    match_rule: ClassVar[MatchRule] = MatchRule.EXACT
    # Above how many other submissions a value is common and makes no links; None: the setting IDENTIFIER_COMMON_CAP.
    cap: ClassVar[int | None] = None
    # The candidates of this type in a text; None: it is never searched for. Must not backtrack.
    pattern: ClassVar[re.Pattern[str] | None] = None
    found_as: ClassVar[Confidence] = Confidence.CANDIDATE
    shapes: ClassVar[tuple[Shape, ...]] = (
        Shape(),
    )  # of all that `looks_like` it: one asks whether a text has one first
    # Days until a value that nobody sees any more has faded (`lifetime.py`).
    lifetime_days: ClassVar[int] = 3 * 365

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

    def has_below(self, canonical: str) -> bool:
        """Whether other values can lie under this one, so that knowing it may stand for all of them."""
        return False

    def candidates(self, text: str, region: str | None = None) -> Iterator[Span]:
        """Where values of this type may stand in a text, in order, without validating them."""
        if self.pattern is not None:
            for match in self.pattern.finditer(text):
                yield Span(match.start(), match.end(), match[0], self.found_as)
