"""Prepaid and anonymous cards: by the number, truncated like every card's, or by the reference their issuer gives.

The truncated form is the payment card's own, so the same card is recognised in both types (`covered_by`). An issuer's
reference, of an account or a card, is written `issuer: reference` and is no card number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.cards import KEPT_FIRST, STARS
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import fold
from efc_portal.indicators.declaration import NO_STIX, MispHint, Shape, StixHint, Words
from efc_portal.indicators.enums import MatchRule
from efc_portal.indicators.named import Named
from efc_portal.indicators.types.payment_card import DECLARATION as PAYMENT_CARD

_LEAD = re.compile(r"^(?:prepaid|anonymous)(?: (?:debit |credit |payment )?card)?[ :#]+", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9][0-9 *xX#•●·_?.…-]+")
_REFERENCE = re.compile(r"(?=(?:[A-Z-]*[0-9]){3})[A-Z0-9][A-Z0-9-]{3,39}")


class PrepaidCard(Named):
    code = "prepaid_card"
    label = _("Prepaid or anonymous card")
    help = _(
        "The first six and the last four digits, as 533411******0012, or the issuer, a colon, and its reference for "
        "the card or account. A full number is cut at once."
    )
    example = "Prepaid 411111******1111"
    order = 36
    lifetime_days = 3 * 365
    method = "prepaid_card"
    match_rule = MatchRule.WEAK  # of the number; an issuer's reference is exact, and marked as carefully
    stix = StixHint(
        "payment-card",
        "value",
        "extension-definition--b160c6ee-26b6-591c-8885-c192db67cac9",
        also=(("is_prepaid", True),),
    )
    misp = MispHint("credit-card", "cc-number")
    goaml = "t_account/account"
    shapes = (Shape("pPaA", 10, marks=" :#"),)
    services = {}
    by_spelling = {}
    form = _("issuer: reference, or the number as 533411******0012")

    def plain(self, value: str) -> str:
        compact = re.sub(r"[ .]", "", value).upper()
        if not _REFERENCE.fullmatch(compact):
            raise InvalidValue(
                _("A reference has 4 to 40 letters, digits and dashes, at least three of them digits"),
                rule="structure",
            )
        return compact

    def canonicalise(self, text: str, region: str | None = None) -> str:
        bare = _LEAD.sub("", fold(text))
        if _NUMBER.fullmatch(bare):
            return PAYMENT_CARD.canonicalise(bare, region)
        return super().canonicalise(bare, region)

    def looks_like(self, text: str) -> bool:
        """A number alone is a payment card's: only one that is said to be prepaid."""
        folded = fold(text)
        lead = _LEAD.match(folded)
        return lead is not None and _NUMBER.fullmatch(folded[lead.end() :]) is not None

    def observable(self, canonical: str) -> tuple[StixHint, dict[str, str]]:
        """A reference is no card number, so it does not stand where one belongs."""
        return super().observable(canonical) if _is_number(canonical) else (NO_STIX, {"name": canonical})

    def display(self, canonical: str) -> str:
        return canonical if _is_number(canonical) else super().display(canonical)

    def masked(self, canonical: str) -> str:
        return canonical if _is_number(canonical) else super().masked(canonical)

    def detail(self, canonical: str) -> Words:
        if _is_number(canonical):
            return PAYMENT_CARD.detail(canonical)
        return gettext("Issuer’s reference, %(issuer)s") % {"issuer": canonical.partition(":")[0]}

    def covered_by(self, canonical: str) -> Iterator[tuple[str, str]]:
        if _is_number(canonical):
            yield PAYMENT_CARD.code, canonical


def _is_number(canonical: str) -> bool:
    return canonical[KEPT_FIRST : KEPT_FIRST + len(STARS)] == STARS


DECLARATION = PrepaidCard()
