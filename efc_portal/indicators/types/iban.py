"""International bank account numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from string import ascii_letters

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.iban import explain, is_valid, starting_at, structures, valid_ones
from efc_portal.core.text import MAX_LENGTH, fold
from efc_portal.indicators.declaration import IndicatorType, Shape, Span, StixHint, Words
from efc_portal.indicators.enums import Confidence

_SEPARATORS = str.maketrans("", "", " -")
_PREFIX = re.compile(r"^IBAN[ :]*(?=[A-Z]{2} ?[0-9])", re.IGNORECASE)
_SHAPE = re.compile(
    r"(?:(?i:IBAN)[ :]*)?[A-Za-z]{2}[ -]?[0-9OILoil]{2}"
    r"(?:[A-Za-z0-9]{8,34}|((?:[ -]?[A-Za-z0-9]+)(?:[ -][A-Za-z0-9]+)*))"
)
_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2} ?[0-9]{2}")


class Iban(IndicatorType):
    code = "iban"
    label = _("IBAN")
    help = _("International bank account number. Spaces do not matter.")
    example = "DE89 3704 0044 0532 0130 00"
    order = 10
    lifetime_days = 5 * 365
    method = "bank_transfer"
    shapes = (Shape(ascii_letters, 12, 42, ""), Shape(ascii_letters, 13, marks=" -"), Shape("iI", 13, marks=":"))
    stix = StixHint("bank-account", "iban", "extension-definition--f19f3291-6a84-5674-b311-d75a925d5bd9")

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

    def candidates(self, text: str, region: str | None = None) -> Iterator[Span]:
        """Only valid ones: an IBAN in a text is certain or it is none."""
        end = 0
        for match in _START.finditer(text):
            if match.start() >= end and (found := starting_at(text, match.start())):
                end = found[0]
                yield Span(match.start(), end, found[1], Confidence.CERTAIN)


DECLARATION = Iban()
