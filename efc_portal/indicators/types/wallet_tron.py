"""TRON addresses: base58check with version 0x41. Tokens on TRON, such as USDT, have the same addresses."""

from __future__ import annotations

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards import base58
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import fold
from efc_portal.indicators.chains import BESIDE, Parted, chain_name, parted
from efc_portal.indicators.coins import Coin, Form
from efc_portal.indicators.declaration import Said, Shape

_TRON = re.compile(r"(?<![0-9A-Za-z])T[0-9A-Za-z]{32,34}(?![0-9A-Za-z])")
_CAIP = re.compile(r"^tron:(?:0x2b6653dc|mainnet):", re.IGNORECASE)
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
    accepts = (
        "41a614f803b6fd780986a42c78ec9c7f77e6ded13c",
        "USDT (TRC-20): TFdTr9C3BqQrzKBXqSxJfAZFTh8UwBAfSg",
        "tron:0x2b6653dc:TFdTr9C3BqQrzKBXqSxJfAZFTh8UwBAfSg",
    )
    refuses = (
        "TFdTr9C3BqQrzKBXqSxJfAZFTh8UwBAfSh",
        "TFdTr9C3BqQrzKBXqSxJfAZFTh8Uw",
        "USDT on Polygon: TFdTr9C3BqQrzKBXqSxJfAZFTh8UwBAfSg",
    )
    shapes = (Shape("T", 33, 35, ""), Shape("4", 42, 42, ""), Shape("", 34, marks=BESIDE))
    starts = "T"
    pattern = re.compile(r"(?<![A-Za-z0-9])T[1-9A-HJ-NP-Za-km-z]{33}(?![A-Za-z0-9])")

    def bare(self, text: str) -> str:
        """The address as it is shown to people, of one in hexadecimal too."""
        address = super().bare(_parted(text).address)
        if found := _HEXADECIMAL.fullmatch(address):
            return base58.encode_check(bytes.fromhex(found[1]))
        return address

    def looks_like(self, text: str) -> bool:
        if super().looks_like(text):
            return True
        if len(text) < 34 or _TRON.search(text) is None:
            return False
        try:
            return _TRON.fullmatch(_parted(text).address) is not None
        except InvalidValue as error:
            return error.rule != "structure"

    def said(self, text: str) -> Said | None:
        token = _parted(text).token
        return Said(gettext("%(token)s on TRON") % {"token": token}, "tron", token) if token else None


def _parted(text: str) -> Parted:
    """A TRON address with the token named beside it (TRC-20), by whatever name, or as CAIP-10 writes it."""
    folded = _CAIP.sub("", fold(text))
    if folded[:6].lower() == "tron:t" or not _TRON.search(folded):  # a payment link, or nothing beside it
        return Parted(folded)
    found = parted(folded, _TRON)
    if found.chain not in ("", "tron"):
        raise InvalidValue(
            _("An address of this form is on TRON, not on %(chain)s"), rule="chain", chain=chain_name(found.chain)
        )
    return found


DECLARATION = TronWallet()
