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
from efc_portal.indicators.declaration import IndicatorType, Shape, Span, StixHint, Words
from efc_portal.indicators.enums import Confidence

_DIGITS = 40
_SHAPE = re.compile(r"(?i:ethereum:)?0[xX][0-9a-zA-Z]{36,66}(?:[@?].*)?")
_NOT_HEX = re.compile(r"[^0-9a-fA-F]")
_CASE_BIT = 0x20  # what a lower-case letter has set in ASCII, and an upper-case one has not
_IS_LETTER = bytes(_CASE_BIT if chr(code) in "abcdef" else 0 for code in range(256))
_IS_HIGH = bytes(_CASE_BIT if chr(code) in "89abcdef" else 0 for code in range(256))


def checksummed(address: str) -> str:
    """The mixed-case form of a lower-case address, `0x` included (EIP-55): letters over a high digit are capitals."""
    digits = address[2:].encode()
    digest = keccak_256(digits).hex()[:_DIGITS].encode()
    capitals = int.from_bytes(digits.translate(_IS_LETTER), "big") & int.from_bytes(digest.translate(_IS_HIGH), "big")
    return "0x" + (int.from_bytes(digits, "big") ^ capitals).to_bytes(_DIGITS, "big").decode()


class EthereumWallet(IndicatorType):
    code = "wallet_eth"
    label = _("Ethereum wallet")
    help = _("An address on Ethereum or a chain of its kind: 0x and 40 characters. Tokens on it have the same address.")
    example = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
    order = 30
    lifetime_days = 5 * 365
    method = "virtual_currency"
    stix = StixHint("cryptocurrency-wallet", "value", "extension-definition--be78509e-6958-51b1-8b26-d17ee0eba2d7")
    shapes = (Shape("0", 38, 68, ""), Shape("0eE", 38, marks=":@?"))
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
        if digits != lower[2:] and digits != digits.upper() and checksummed(lower)[2:] != digits:
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
