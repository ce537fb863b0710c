"""Litecoin addresses: base58check, segregated witness, taproot, and MWEB left out (they are never on the open chain).

A script's address was first written with Bitcoin's version and a 3 in front, and is now written with an M: both are
the same wallet, so the M is the canonical form. One that begins with 3 is taken for Bitcoin's unless the reporter says
Litecoin.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards import base58
from efc_portal.indicators.coins import KEY_HASH, SCRIPT_HASH, TEST_WORDS, Coin, Form
from efc_portal.indicators.declaration import Shape

_OLD_SCRIPT, _SCRIPT = b"\x05", b"\x32"


class LitecoinWallet(Coin):
    code = "wallet_ltc"
    label = _("Litecoin wallet")
    help = _("A Litecoin address: it begins with L, M or ltc1.")
    example = "LNwgtMxcKUQ51dw7bQL1yPQjBVZh6QEqsd"
    order = 21
    lifetime_days = 5 * 365
    name = "Litecoin"
    scheme = "litecoin"
    forms = {
        b"\x30": Form("litecoin", KEY_HASH),
        _SCRIPT: Form("litecoin", SCRIPT_HASH),
        _OLD_SCRIPT: Form("litecoin", SCRIPT_HASH),
        b"\x3a": Form("litecoin-testnet", TEST_WORDS),
    }
    prefixes = {"ltc": "litecoin", "tltc": "litecoin-testnet", "rltc": "litecoin-regtest"}
    shape = re.compile(
        r"(?:(?i:litecoin:)[lLmM3][a-zA-Z0-9]{24,36}|[lLmM][a-zA-Z0-9]{32,34}"
        r"|(?i:(?:litecoin:)?[tr]?ltc1)[a-zA-Z0-9]{6,87})(?:\?.*)?"
    )
    shapes = (Shape("lLmM", 10, 91, ""), Shape("rRtT", 11, 92, ""), Shape("lLmMrRtT", 10, marks=":?"))
    pattern = re.compile(
        r"(?<![A-Za-z0-9])(?:[LM][1-9A-HJ-NP-Za-km-z]{25,34}|[tr]?ltc1[02-9ac-hj-np-z]{11,71}"
        r"|[TR]?LTC1[02-9AC-HJ-NP-Z]{11,71})(?![A-Za-z0-9])"
    )

    def settle(self, address: str, payload: bytes) -> str:
        return base58.encode_check(_SCRIPT + payload[1:]) if payload[:1] == _OLD_SCRIPT else address


DECLARATION = LitecoinWallet()
