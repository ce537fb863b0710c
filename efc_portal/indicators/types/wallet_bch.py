"""Bitcoin Cash addresses in CashAddr. An old one, in Bitcoin's form, is taken only when the reporter says the chain.

Key and script addresses that accept tokens (`z`, `r`) are the same wallets as those that do not (`q`, `p`): the
canonical form is the latter, with its prefix.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards import base58, cashaddr
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import fold
from efc_portal.indicators.coins import HASH_BYTES, KEY_HASH, NO_ADDRESS, SCRIPT_HASH, TEST_WORDS, WALLET_STIX
from efc_portal.indicators.declaration import IndicatorType, Shape, Words
from efc_portal.indicators.enums import Confidence

_CHAINS = {"bitcoincash": "bitcoin-cash", "bchtest": "bitcoin-cash-testnet", "bchreg": "bitcoin-cash-regtest"}
_OLD = {b"\x00": cashaddr.KEY_HASH, b"\x05": cashaddr.SCRIPT_HASH}
_SHAPE = re.compile(r"(?i:bitcoincash|bchtest|bchreg):[a-zA-Z0-9]{20,}(?:\?.*)?|[qpzrQPZR][a-zA-Z0-9]{41}")


class BitcoinCashWallet(IndicatorType):
    code = "wallet_bch"
    label = _("Bitcoin Cash wallet")
    help = _("A Bitcoin Cash address: it begins with q or p, often with bitcoincash: before it.")
    example = "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"
    order = 22
    lifetime_days = 5 * 365
    method = "virtual_currency"
    stix = WALLET_STIX
    found_as = Confidence.CERTAIN
    shapes = (Shape("qpzrQPZR", 42, 42, ""), Shape("bB", 27, marks=":"))
    pattern = re.compile(
        r"(?<![A-Za-z0-9])(?:(?:bitcoincash|bchtest|bchreg):)?[qpzr][02-9ac-hj-np-z]{41}(?![A-Za-z0-9])"
        r"|(?<![A-Za-z0-9])(?:(?:BITCOINCASH|BCHTEST|BCHREG):)?[QPZR][02-9AC-HJ-NP-Z]{41}(?![A-Za-z0-9])"
    )

    def canonicalise(self, text: str, region: str | None = None) -> str:
        address = fold(text).replace(" ", "").partition("?")[0]
        if address[:1] in ("1", "3"):
            payload = base58.decode_check(address)
            if len(payload) != 1 + HASH_BYTES or payload[:1] not in _OLD:
                raise InvalidValue(NO_ADDRESS, rule="structure", coin="Bitcoin Cash")
            return cashaddr.encode(cashaddr.CashAddress(cashaddr.MAIN, _OLD[payload[:1]], payload[1:]))
        found = cashaddr.decode(address)
        if found.prefix not in _CHAINS or found.kind > 3:
            raise InvalidValue(NO_ADDRESS, rule="structure", coin="Bitcoin Cash")
        if found.kind >= cashaddr.TOKEN_AWARE:
            return cashaddr.encode(found._replace(kind=found.kind % cashaddr.TOKEN_AWARE))
        return address.lower() if ":" in address else f"{cashaddr.MAIN}:{address.lower()}"

    def looks_like(self, text: str) -> bool:
        return _SHAPE.fullmatch(fold(text)) is not None

    def chain(self, canonical: str) -> str:
        return _CHAINS[canonical.partition(":")[0]]

    def detail(self, canonical: str) -> Words:
        if self.chain(canonical) != "bitcoin-cash":
            return TEST_WORDS
        return SCRIPT_HASH if cashaddr.decode(canonical).kind == cashaddr.SCRIPT_HASH else KEY_HASH

    def masked(self, canonical: str) -> str:
        return super().masked(canonical.partition(":")[2])


DECLARATION = BitcoinCashWallet()
