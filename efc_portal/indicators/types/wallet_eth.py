"""Ethereum addresses, 20 bytes in hexadecimal; mixed case is a checksum (EIP-55).

The same form serves every chain of the Ethereum kind and every token on them. All lower case and all upper case are
valid and carry no checksum; the canonical form is lower case, so that equal addresses are found however written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.standards.keccak import keccak_256
from efc_portal.core.text import fold
from efc_portal.indicators.declaration import IndicatorType, Span, StixHint, Words
from efc_portal.indicators.enums import Confidence

_DIGITS = 40
_SHAPE = re.compile(r"(?:ethereum:)?0x[0-9a-z]{36,66}(?:[@?].*)?", re.IGNORECASE)
_NOT_HEX = re.compile(r"[^0-9a-fA-F]")


def checksummed(address: str) -> str:
    """The mixed-case form of a lower-case address, `0x` included (EIP-55)."""
    digits = address[2:]
    digest = keccak_256(digits.encode()).hex()
    return "0x" + "".join(char.upper() if mark > "7" else char for char, mark in zip(digits, digest, strict=False))


class EthereumWallet(IndicatorType):
    code = "wallet_eth"
    label = _("Ethereum wallet")
    help = _("An address on Ethereum or a chain of its kind: 0x and 40 characters. Tokens on it have the same address.")
    example = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
    order = 30
    lifetime_days = 5 * 365
    method = "virtual_currency"
    stix = StixHint("cryptocurrency-wallet", "value", "extension-definition--be78509e-6958-51b1-8b26-d17ee0eba2d7")
    pattern = re.compile(r"(?<![A-Za-z0-9])0[xX][0-9a-fA-F]{40}(?![A-Za-z0-9])")

    def canonicalise(self, text: str, region: str | None = None) -> str:
        address = fold(text).replace(" ", "")
        if address[:9].lower() == "ethereum:":
            address = re.split(r"[@?/]", address[9:], maxsplit=1)[0]
        digits = address[2:] if address[:2] in ("0x", "0X") else address
        if wrong := _NOT_HEX.search(digits):
            raise InvalidValue(
                _("Position %(position)s: %(character)s is not a hexadecimal digit"),
                rule="alphabet",
                position=wrong.start() + 1 + len(address) - len(digits),
                character=wrong[0],
            )
        if len(digits) == 64:
            raise InvalidValue(
                _("This has the form of a transaction’s number. Give the addresses that paid or were paid"), rule="kind"
            )
        if len(digits) != _DIGITS:
            raise InvalidValue(
                _("Wrong length: an Ethereum address has %(wanted)s characters after 0x, this one has %(length)s"),
                rule="length",
                wanted=_DIGITS,
                length=len(digits),
            )
        lower = f"0x{digits.lower()}"
        if digits not in (digits.lower(), digits.upper()) and checksummed(lower)[2:] != digits:
            raise InvalidValue(
                _("Wrong checksum: its upper and lower case letters do not fit, so a character was probably mistyped"),
                rule="checksum",
            )
        return lower

    def looks_like(self, text: str) -> bool:
        return _SHAPE.fullmatch(fold(text)) is not None

    def chain(self, canonical: str) -> str:
        return "ethereum"

    def detail(self, canonical: str) -> Words:
        return _("Ethereum, its tokens, and chains of its kind")

    def candidates(self, text: str, region: str | None = None) -> Iterator[Span]:
        for match in self.pattern.finditer(text):
            digits = match[0][2:]
            checked = digits not in (digits.lower(), digits.upper())
            yield Span(match.start(), match.end(), match[0], Confidence.CERTAIN if checked else Confidence.CANDIDATE)


DECLARATION = EthereumWallet()
