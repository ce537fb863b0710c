"""Payment cards, by the first six and last four digits of their number. The whole number is never kept.

Two cards of one issuer may share these ten digits, so that equal values are a weak match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.pan import PRINTED, card_numbers
from efc_portal.core.standards.cards import (
    KEPT_FIRST,
    MAX_DIGITS,
    MIN_DIGITS,
    is_card_number,
    is_issued,
    luhn_valid,
    scheme,
    truncated,
)
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import fold
from efc_portal.indicators.declaration import IndicatorType, Shape, Span, StixHint, Words
from efc_portal.indicators.enums import Confidence, MatchRule

_SEPARATORS = str.maketrans("", "", " -")
_FULL = re.compile(r"[0-9](?:[ -]?[0-9]){11,20}")
# First six to eight digits, whatever hides the rest, the last four.
_TRUNCATED = re.compile(r"([0-9]{6,8})(?:[*xX#•●·_?]{1,13}|\.{2,13}|…)([0-9]{4})")
_FOUND_TRUNCATED = re.compile(
    r"(?<![A-Za-z0-9*])[2-6][0-9]{3}[ -]?[0-9]{2}(?:[0-9]{2})?[ -]?(?:[*xX#•●][ -]?){2,13}[0-9]{4}(?![A-Za-z0-9*])"
)


class PaymentCard(IndicatorType):
    code = "payment_card"
    label = _("Payment card")
    help = _("The first six and the last four digits, as 411111******1111. A full number is cut to these at once.")
    example = "411111******1111"
    order = 35
    lifetime_days = 3 * 365
    method = "payment_card"
    shapes = (Shape("0123456789", 11, 25, ""), Shape("-0123456789", 11, marks=" -*#._?"))
    match_rule = MatchRule.WEAK
    cap = 20  # of a bank's ten thousand last four digits, so many equal ones are chance sooner than one card
    stix = StixHint("payment-card", "value", "extension-definition--b160c6ee-26b6-591c-8885-c192db67cac9")

    def canonicalise(self, text: str, region: str | None = None) -> str:
        compact = fold(text).translate(_SEPARATORS)
        if cut := _TRUNCATED.fullmatch(compact):
            return truncated(cut[1] + cut[2])
        if compact.isascii() and compact.isdigit():
            return _cut(compact)
        wrong = re.search(r"[^0-9*xX#•●·_?.…]", compact)
        if wrong:
            raise InvalidValue(
                _("Position %(position)s: %(character)s cannot stand in a card number"),
                rule="alphabet",
                position=wrong.start() + 1,
                character=wrong[0],
            )
        raise InvalidValue(
            _("Give the first six digits, six stars, and the last four digits, as in 411111******1111"),
            rule="structure",
        )

    def looks_like(self, text: str) -> bool:
        folded = fold(text)
        compact = folded.translate(_SEPARATORS)
        if _TRUNCATED.fullmatch(compact):
            return True
        return _FULL.fullmatch(folded) is not None and (compact[0] in "23456" or is_card_number(compact))

    def masked(self, canonical: str) -> str:
        return canonical

    def detail(self, canonical: str) -> Words:
        name = scheme(canonical)
        bin_number = canonical[:KEPT_FIRST]
        if not name:
            return gettext("Issuer number %(bin)s") % {"bin": bin_number}
        return gettext("%(scheme)s, issuer number %(bin)s") % {"scheme": name, "bin": bin_number}

    def candidates(self, text: str, region: str | None = None) -> Iterator[Span]:
        """Full numbers, handed on truncated, and numbers that somebody truncated before."""
        spans = [
            Span(start, end, truncated(digits), Confidence.CERTAIN)
            for start, end, digits in card_numbers(text)
            if is_issued(digits) and _is_one_number(text[start:end])
        ]
        spans += [
            Span(match.start(), match.end(), match[0], Confidence.CANDIDATE)
            for match in _FOUND_TRUNCATED.finditer(text)
        ]
        yield from sorted(spans, key=lambda span: span.start)


def _is_one_number(written: str) -> bool:
    """Whether digits stand in one piece or as cards are printed: a row of small numbers is only cut, never found."""
    sizes = tuple(len(group) for group in re.split("[^0-9]+", fold(written)))
    return len(sizes) == 1 or sizes in PRINTED


def _cut(digits: str) -> str:
    if not MIN_DIGITS <= len(digits) <= MAX_DIGITS:
        raise InvalidValue(
            _("Wrong length: a card number has %(least)s to %(most)s digits, this one has %(length)s"),
            rule="length",
            least=MIN_DIGITS,
            most=MAX_DIGITS,
            length=len(digits),
        )
    if not luhn_valid(digits):
        raise InvalidValue(_("Wrong checksum: a digit was probably mistyped, or two were swapped"), rule="checksum")
    return truncated(digits)


DECLARATION = PaymentCard()
