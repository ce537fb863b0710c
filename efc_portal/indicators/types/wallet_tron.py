"""TRON addresses: base58check with version 0x41. Tokens on TRON, such as USDT, have the same addresses."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards import base58
from efc_portal.indicators.coins import Coin, Form
from efc_portal.indicators.declaration import Shape

_HEXADECIMAL = re.compile(r"(?:0[xX])?(41[0-9a-fA-F]{40})")


class TronWallet(Coin):
    code = "wallet_tron"
    label = _("TRON wallet")
    help = _("A TRON address: it begins with T and has 34 characters. Tokens on TRON have the same address.")
    example = "TFdTr9C3BqQrzKBXqSxJfAZFTh8UwBAfSg"
    order = 23
    lifetime_days = 5 * 365
    name = "TRON"
    scheme = "tron"
    lengths = (34, 34)
    forms = {b"\x41": Form("tron", _("TRON and its tokens"))}
    shape = re.compile(r"(?:tron:)?(?:T[a-zA-Z0-9]{32,34}|41[0-9a-fA-F]{40})(?:\?.*)?")
    shapes = (Shape("T", 33, 35, ""), Shape("4", 42, 42, ""), Shape("tT4", 33, marks=":?"))
    pattern = re.compile(r"(?<![A-Za-z0-9])T[1-9A-HJ-NP-Za-km-z]{33}(?![A-Za-z0-9])")

    def bare(self, text: str) -> str:
        """The address as it is shown to people, of one in hexadecimal too."""
        address = super().bare(text)
        if found := _HEXADECIMAL.fullmatch(address):
            return base58.encode_check(bytes.fromhex(found[1]))
        return address


DECLARATION = TronWallet()
