"""Card merchants, by what a card statement or an acquirer's record calls them.

A merchant id (ISO 8583 field 42, up to 15 characters) is unique within its acquirer only; a descriptor (field 43) is
free text. Either may be followed by its acquirer: `WESTSHOP*MEDIA LIMASSOL @ NORTHPAY`. The canonical form is upper
case with single spaces, since terminals, statements and people differ in nothing else.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.pan import truncate_pans
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.declaration import IndicatorType, StixHint, Words

_LONGEST = 100
_LEADS = re.compile(r"^(?:MID|MERCHANT ID|MERCHANT NO|MERCHANT NUMBER)\b\.? ?[:#]? ?(?=[A-Z0-9])")
_ID = re.compile(r"(?=(?:[A-Z-]*[0-9]){5})[A-Z0-9-]{6,15}")
_ACQUIRER = re.compile(r" @ ?| ?\(ACQUIRER:? (?=[^()]+\)$)")


class Merchant(IndicatorType):
    code = "merchant"
    label = _("Card merchant")
    help = _(
        "The merchant’s id, or the text on the card statement; add “@” and the acquirer if you know it, "
        "as in WESTSHOP*MEDIA @ Northpay."
    )
    example = "WESTSHOP*MEDIA LIMASSOL @ NORTHPAY"
    order = 80
    lifetime_days = 2 * 365
    method = "payment_card"
    stix = StixHint("identity", "name")

    def canonicalise(self, text: str, region: str | None = None) -> str:
        folded = _LEADS.sub("", " ".join(text.upper().split()))
        name, acquirer = _parts(folded)
        if len(folded) > _LONGEST:
            raise InvalidValue(
                _("Too long: a merchant’s id or descriptor has at most %(limit)s characters"),
                rule="length",
                limit=_LONGEST,
            )
        if sum(char.isalnum() for char in name) < 3:
            raise InvalidValue(
                _("Too short: a merchant’s id or descriptor has at least three letters or digits"), rule="length"
            )
        if truncate_pans(folded)[1]:
            raise InvalidValue(
                _("This holds a card number. Give it as a payment card, and the merchant by its id or descriptor"),
                rule="kind",
            )
        return f"{name} @ {acquirer}" if acquirer else name

    def looks_like(self, text: str) -> bool:
        return _LEADS.match(text.upper()) is not None

    def masked(self, canonical: str) -> str:
        return f"{canonical[:2]}…"

    def detail(self, canonical: str) -> Words:
        name, acquirer = _parts(canonical)
        is_id = _ID.fullmatch(name) is not None
        if acquirer:
            text = gettext("Merchant id at %(acquirer)s") if is_id else gettext("Descriptor, acquired by %(acquirer)s")
            return text % {"acquirer": acquirer}
        return _("Merchant id, acquirer not given") if is_id else _("Descriptor, acquirer not given")


def _parts(folded: str) -> tuple[str, str]:
    """The merchant, and its acquirer or ""."""
    pieces = _ACQUIRER.split(folded, maxsplit=1)
    if len(pieces) == 1:
        return folded, ""
    return pieces[0].strip(), pieces[1].removesuffix(")").strip()


DECLARATION = Merchant()
