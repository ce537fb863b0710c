"""Monero addresses: standard, integrated (with a payment number), and subaddresses."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards import monero
from efc_portal.core.text import fold
from efc_portal.indicators.coins import TEST_WORDS, WALLET_STIX
from efc_portal.indicators.declaration import IndicatorType, Shape, Words
from efc_portal.indicators.enums import Confidence

_SHAPE = re.compile(r"(?:monero:)?[1-9A-Za-z][0-9A-Za-z]{92,106}(?:\?.*)?")
_WORDS = {
    monero.STANDARD: _("Standard address"),
    monero.INTEGRATED: _("Integrated address: it carries the number of one payment"),
    monero.SUBADDRESS: _("Subaddress: one of many of the same wallet"),
}


class MoneroWallet(IndicatorType):
    code = "wallet_xmr"
    label = _("Monero wallet")
    help = _("A Monero address: it begins with 4 or 8 and has 95 or 106 characters.")
    example = (
        "49HqitRzdnhYjgTEAhgGpCfsjdTeMbUTU6cyR4JV1R7k2Eej9rGT8JpFiYDa4tZM6RZiFrHmMzgSrhHEqpDYKBe5B2ufNsL"  # published
    )
    order = 24
    lifetime_days = 5 * 365
    method = "anonymity_enhanced"
    stix = WALLET_STIX
    found_as = Confidence.CERTAIN
    shapes = (Shape("", 93, 107, ""), Shape(least=93, marks=":?"))
    pattern = re.compile(
        r"(?<![A-Za-z0-9])[4859ABab7][1-9A-HJ-NP-Za-km-z]{94}(?:[1-9A-HJ-NP-Za-km-z]{11})?(?![A-Za-z0-9])"
    )

    def canonicalise(self, text: str, region: str | None = None) -> str:
        address = fold(text).replace(" ", "")
        if address[:7].lower() == "monero:":
            address = address[7:].partition("?")[0]
        monero.decode(address)
        return address

    def looks_like(self, text: str) -> bool:
        return _SHAPE.fullmatch(fold(text)) is not None

    def chain(self, canonical: str) -> str:
        return monero.decode(canonical).network

    def detail(self, canonical: str) -> Words:
        found = monero.decode(canonical)
        return _WORDS[found.form] if found.network == "monero" else TEST_WORDS


DECLARATION = MoneroWallet()
