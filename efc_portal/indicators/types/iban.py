"""International bank account numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from string import ascii_letters

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.iban import explain, is_valid, structures, valid_ones
from efc_portal.core.text import MAX_LENGTH, fold
from efc_portal.indicators.clues import accounts
from efc_portal.indicators.declaration import IndicatorType, MispHint, Shape, Span, StixHint, Words
from efc_portal.indicators.enums import Confidence
from efc_portal.indicators.plain import Plain

_SEPARATORS = str.maketrans("", "", " -")
_PREFIX = re.compile(r"^IBAN[ :]*(?=[A-Z]{2} ?[0-9])", re.IGNORECASE)
_SHAPE = re.compile(
    r"(?:(?i:IBAN)[ :]*)?[A-Za-z]{2}[ -]?[0-9OILoil]{2}"
    r"(?:[A-Za-z0-9]{8,34}|((?:[ -]?[A-Za-z0-9]+)(?:[ -][A-Za-z0-9]+)*))"
)
# What may stand between two of its characters in a text: a space, a dash or a dot; or the end of a line, with the mark
# of a quotation or a table's edge before the next. Each repetition takes one character at least, and none can be taken
# in two ways.
_RUN = re.compile(r"[A-Za-z]{2} ?[0-9]{2}(?:(?:[ .-]|[ \t]?-?[ \t]?\r?\n[ \t>|]{0,40})?[A-Za-z0-9]){11,30}")
_BETWEEN = re.compile(r"[^A-Za-z0-9]+")
_REACH = 400


class Iban(IndicatorType):
    code = "iban"
    label = _("IBAN")
    help = _("International bank account number. Spaces do not matter.")
    example = "DE89 3704 0044 0532 0130 00"
    accepts = (
        "de89370400440532013000",
        "IBAN: DE89-3704-0044-0532-0130-00",
    )
    refuses = (
        "DE89 3704 0044 0532 0130 01",
        "DE89 3704 0044 0532 0130",
        "ZZ89 3704 0044 0532 0130 00",
        "DE89 3704 0044 0532 O130 00",
    )
    order = 10
    lifetime_days = 5 * 365
    method = "bank_transfer"
    shapes = (Shape(ascii_letters, 12, 42, ""), Shape(ascii_letters, 13, marks=" -"), Shape("iI", 13, marks=":"))
    clues = (accounts,)
    found_as = Confidence.CERTAIN
    stix = StixHint("bank-account", "iban", "extension-definition--f19f3291-6a84-5674-b311-d75a925d5bd9")
    misp = MispHint("bank-account", "iban")
    goaml = "t_account/iban"

    def canonicalise(self, text: str, region: str | None = None) -> str:
        compact = text.replace(" ", "").upper()
        if is_valid(compact):
            return compact
        compact = _PREFIX.sub("", fold(text)).translate(_SEPARATORS).upper()
        if not is_valid(compact):
            raise explain(compact)
        return compact

    def valid_ones(self, values: Sequence[str]) -> list[str | None]:
        if max(map(len, values), default=0) > MAX_LENGTH:
            return super().valid_ones(values)
        return valid_ones(values)

    def looks_like(self, text: str) -> bool:
        found = _SHAPE.fullmatch(fold(text))
        return found is not None and (found[1] is None or 8 <= len(found[1].translate(_SEPARATORS)) <= 34)

    def display(self, canonical: str) -> str:
        return " ".join(canonical[place : place + 4] for place in range(0, len(canonical), 4))

    def masked(self, canonical: str) -> str:
        return f"{canonical[:4]} … {canonical[-4:]}"

    def country(self, canonical: str) -> str:
        return canonical[:2]

    def detail(self, canonical: str) -> Words:
        structure = structures()[canonical[:2]]
        bank, branch = canonical[structure.bank], canonical[structure.branch]
        if bank and branch:
            return gettext("Bank code %(bank)s, branch %(branch)s") % {"bank": bank, "branch": branch}
        return gettext("Bank code %(bank)s") % {"bank": bank} if bank else ""

    def covered_by(self, canonical: str) -> Iterator[tuple[str, str]]:
        """A British account as it is written at home: its IBAN holds sort code and account number, and no more."""
        if canonical[:2] == "GB":
            yield "bank_account", f"GB/{canonical[8:14]}/{canonical[14:]}"

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        """As many letters and digits as its country has, if nothing adjoins: certain when the checksum holds."""
        text = plain.code
        structure = structures().get(text[start : start + 2].upper())
        if structure is None:
            return None
        end = start + structure.length
        compact = text[start:end]
        if not compact.isalnum():
            found = _RUN.match(text, start, start + _REACH)
            if found is None:
                return None
            compact = _BETWEEN.sub("", found[0])[: structure.length]
            end = _end_of(text, start, len(compact))
        return None if text[end : end + 1].isalnum() else Span(start, end, compact, Confidence.CERTAIN)


def _end_of(text: str, start: int, length: int) -> int:
    """The place behind so many letters and digits."""
    place = start + length
    left = length - sum(map(str.isalnum, text[start:place]))
    while left:
        left -= text[place].isalnum()
        place += 1
    return place


DECLARATION = Iban()
