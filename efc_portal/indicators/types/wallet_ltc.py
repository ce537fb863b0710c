"""Litecoin addresses: base58check, segregated witness, taproot, and those of its extension blocks (MWEB).

A script's address was first written with Bitcoin's version and a 3 in front, and is now written with an M: both are
the same wallet, so the M is the canonical form. One that begins with 3 is taken for Bitcoin's unless the reporter says
Litecoin.

An MWEB address (LIP-2, LIP-4: `ltcmweb1`, version 0, two public keys) names its owner like any other and matches like
any other. What it receives is not seen on the open chain, which its detail says.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards import base58, bech32
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.coins import KEY_HASH, NO_ADDRESS, SCRIPT_HASH, TEST_WORDS, Coin, Form
from efc_portal.indicators.declaration import Shape

_OLD_SCRIPT, _SCRIPT = b"\x05", b"\x32"
_MWEB = re.compile(r"(?:ltcmweb|tmweb)1", re.IGNORECASE)
_MWEB_LENGTH = 121  # characters, of which 106 hold two compressed keys
_KEY_BYTES = 33


class LitecoinWallet(Coin):
    code = "wallet_ltc"
    label = _("Litecoin wallet")
    help = _("A Litecoin address: it begins with L, M, ltc1 or ltcmweb1.")
    example = "LNwgtMxcKUQ51dw7bQL1yPQjBVZh6QEqsd"
    accepts = (
        "ltc1qg42tkwuuxefutzxezdkdel39gfstuap288mfea",
        "litecoin:LNwgtMxcKUQ51dw7bQL1yPQjBVZh6QEqsd?amount=1",
    )
    refuses = (
        "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "LNwgtMxcKUQ51dw7bQL1yPQjBVZh6QEqse",
    )
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
        r"|(?i:(?:litecoin:)?[tr]?ltc1)[a-zA-Z0-9]{6,87}|(?i:(?:litecoin:)?(?:ltcmweb|tmweb)1)[a-zA-Z0-9]{60,140})"
        r"(?:\?.*)?"
    )
    shapes = (Shape("lLmMrRtT", 10, 160, ""), Shape("lLmMrRtT", 10, marks=":?"))
    starts = "LMltrTR"
    pattern = re.compile(
        r"(?<![A-Za-z0-9])(?:[LM][1-9A-HJ-NP-Za-km-z]{25,34}|[tr]?ltc1[02-9ac-hj-np-z]{11,71}"
        r"|[TR]?LTC1[02-9AC-HJ-NP-Z]{11,71}|(?:ltcmweb|tmweb)1[02-9ac-hj-np-z]{100,120})(?![A-Za-z0-9])"
    )

    def canonicalise(self, text: str, region: str | None = None) -> str:
        address = self.bare(text)
        if _MWEB.match(address):
            _check_mweb(address)
            return address.lower()
        return super().canonicalise(text, region)

    def form(self, canonical: str) -> Form:
        if not _MWEB.match(canonical):
            return super().form(canonical)
        if canonical.startswith("tmweb"):
            return Form("litecoin-testnet", TEST_WORDS)
        return Form("litecoin", _("MWEB address: what it receives is not seen on the open chain"))

    def settle(self, address: str, payload: bytes) -> str:
        return base58.encode_check(_SCRIPT + payload[1:]) if payload[:1] == _OLD_SCRIPT else address


def _check_mweb(address: str) -> None:
    prefix = address.partition("1")[0].lower()
    wanted = _MWEB_LENGTH - len("ltcmweb") + len(prefix)
    if len(address) != wanted:
        raise InvalidValue(
            _("Wrong length: beginning with %(start)s it has %(wanted)s characters, this one has %(length)s"),
            rule="length",
            start=f"{prefix}1",
            wanted=wanted,
            length=len(address),
        )
    hrp, digits, checksum = bech32.decode(address, max_length=wanted)
    if hrp != prefix or checksum != bech32.BECH32 or not digits.startswith("0"):
        raise InvalidValue(NO_ADDRESS, rule="structure", coin="Litecoin")
    number = int(digits[1:], 32)
    keys = (number >> 2).to_bytes(2 * _KEY_BYTES, "big")
    if number & 0b11 or {keys[0], keys[_KEY_BYTES]} - {2, 3}:
        raise InvalidValue(NO_ADDRESS, rule="structure", coin="Litecoin")


DECLARATION = LitecoinWallet()
