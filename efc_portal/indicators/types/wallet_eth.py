"""Ethereum addresses, 20 bytes in hexadecimal; mixed case is a checksum (EIP-55).

The same form serves every chain of the Ethereum kind and every token on them, and the same key holds it on all: a chain
and a token that are named with it are said beside it, and never part two equal addresses. All lower case and all upper
case are valid and carry no checksum; the canonical form is lower case, so that equal addresses are found however
written.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.standards.keccak import keccak_256
from efc_portal.core.text import fold
from efc_portal.indicators.chains import BESIDE, CHAINS, Parted, beside, chain_name, parted
from efc_portal.indicators.clues import runs
from efc_portal.indicators.coins import WALLET_GOAML, WALLET_MISP, WALLET_STIX
from efc_portal.indicators.declaration import IndicatorType, Said, Shape, Span, Words
from efc_portal.indicators.enums import Confidence
from efc_portal.indicators.plain import Plain

_DIGITS = 40
_BARE = re.compile(r"0x[0-9a-z]{36,59}", re.IGNORECASE)
_SHAPE = re.compile(r"(?<![0-9a-zA-Z])0[xX][0-9a-zA-Z]{36,80}(?![0-9a-zA-Z])")
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
    help = _(
        "An address on Ethereum or a chain of its kind: 0x and 40 characters. Chain and token may stand before it, as "
        "in “USDT on Polygon: 0x…”."
    )
    example = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
    accepts = (
        "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "USDT on Polygon: 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "bnb:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "eip155:42161:0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "ethereum:0xdAC17F958D2ee523a2206206994597C13D831ec7@1/transfer?address=0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    )
    refuses = (
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe",
        "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg",
        "Bitcoin: 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        "shop 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    )
    order = 30
    lifetime_days = 5 * 365
    method = "virtual_currency"
    stix = WALLET_STIX
    misp = WALLET_MISP
    goaml = WALLET_GOAML
    shapes = (Shape("0", 38, 61, ""), Shape("", 39, marks=BESIDE))
    clues = (runs,)
    starts = "0"
    pattern = re.compile(r"(?<![A-Za-z0-9])0[xX][0-9a-fA-F]{40}(?![A-Za-z0-9])")

    def canonicalise(self, text: str, region: str | None = None) -> str:
        address = _parted(text).address
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
                _("This has the form of a transaction’s number. Give it as a transaction, or the addresses it paid"),
                rule="kind",
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
        folded = fold(text)
        if _BARE.fullmatch(folded):
            return True
        if "0x" not in folded.lower():
            return False
        try:
            return _BARE.fullmatch(parted(folded, _SHAPE).address) is not None
        except InvalidValue as error:
            return error.rule != "structure"

    def said(self, text: str) -> Said | None:
        _address, chain, token = _parted(text)
        if not chain and not token:
            return None
        return Said(beside(chain, token), chain, token)

    def chain(self, canonical: str) -> str:
        return "ethereum"

    def detail(self, canonical: str) -> Words:
        return _("Ethereum, its tokens, and chains of its kind")

    def at(self, plain: Plain, start: int, end: int, region: str | None = None) -> Span | None:
        """In mixed case it carries a checksum, in one case none."""
        span = super().at(plain, start, end, region)
        if span and span.text[2:] not in (span.text[2:].lower(), span.text[2:].upper()):
            return span._replace(confidence=Confidence.CERTAIN)
        return span


def _parted(text: str) -> Parted:
    found = parted(fold(text), _SHAPE)
    if found.chain in CHAINS and not CHAINS[found.chain].is_evm:
        raise InvalidValue(
            _("An address that begins with 0x is on Ethereum or a chain of its kind, not on %(chain)s"),
            rule="chain",
            chain=chain_name(found.chain),
        )
    return found


DECLARATION = EthereumWallet()
