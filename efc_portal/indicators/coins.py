"""Coins of Bitcoin's kind: a version and the hash of a key or script in base58check, or a witness program in bech32.

One table says whose each version is, so that an address of one coin is never taken for another's, and is named.
"""

from __future__ import annotations

import re
from typing import ClassVar, NamedTuple

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards import base58, bech32
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import fold
from efc_portal.indicators.declaration import IndicatorType, StixHint, Words
from efc_portal.indicators.enums import Confidence

WALLET_STIX = StixHint("cryptocurrency-wallet", "value", "extension-definition--be78509e-6958-51b1-8b26-d17ee0eba2d7")
HASH_BYTES = 20
EXTENDED_BYTES = 78  # of an extended key (BIP-32), with its version
TEST_WORDS = _("Test network: its coins are worth nothing")
WRONG_LENGTH = _("Wrong length: an address of %(coin)s has %(wanted)s characters; this one has %(length)s")
NO_ADDRESS = _("The checksum is right, but this is no address of %(coin)s")
PRIVATE_KEY = _("This is a private key: whoever holds it holds the money. Keep it safe, and give the address instead")
KEY_HASH, SCRIPT_HASH = _("Pay to public key hash"), _("Pay to script hash")

# Whose base58check versions before 20 bytes of hash are, from the chain parameters of each coin's reference client.
_WHOSE = {
    b"\x00": "Bitcoin", b"\x05": "Bitcoin", b"\x30": "Litecoin", b"\x32": "Litecoin", b"\x4c": "Dash", b"\x10": "Dash",
    b"\x41": "TRON", b"\x1c\xb8": "Zcash", b"\x1c\xbd": "Zcash", b"\x1e": "Dogecoin or Verge", b"\x16": "Dogecoin",
    b"\x26": "Bitcoin Gold", b"\x17": "Bitcoin Gold",
}  # fmt: skip
_PRIVATE = {128, 176, 204, 239}  # versions of keys in wallet import format: Bitcoin, Litecoin, Dash, test networks


def coin_elsewhere(address: str) -> str:
    """The coin that a valid base58check address belongs to, of those no type is declared for; or ""."""
    if not 25 <= len(address) <= 36:
        return ""
    try:
        payload = base58.decode_check(address)
    except InvalidValue:
        return ""
    return _WHOSE.get(payload[:-HASH_BYTES], "")


class Form(NamedTuple):
    """One form of address: the chain it is on, and what it is, in words."""

    chain: str
    words: Words


class Coin(IndicatorType):
    """A wallet on one coin's chain. Subclasses say its versions and, where it has them, its witness prefixes."""

    name: ClassVar[str]
    scheme: ClassVar[str]  # of payment links (BIP-21 and its kin)
    forms: ClassVar[dict[bytes, Form]]  # by the version bytes
    prefixes: ClassVar[dict[str, str]] = {}  # of witness programs: the chain of each
    lengths: ClassVar[tuple[int, int]] = (26, 35)  # characters of an address in base58check
    shape: ClassVar[re.Pattern[str]]
    method = "virtual_currency"
    stix = WALLET_STIX
    found_as = Confidence.CERTAIN

    def canonicalise(self, text: str, region: str | None = None) -> str:
        address = self.bare(text)
        if self.prefix_of(address):
            self._check_segwit(address)
            return address.lower()
        return self._base58(address)

    def looks_like(self, text: str) -> bool:
        return self.shape.fullmatch(fold(text)) is not None

    def chain(self, canonical: str) -> str:
        return self.form(canonical).chain

    def detail(self, canonical: str) -> Words:
        return self.form(canonical).words

    def bare(self, text: str) -> str:
        """The address in a pasted value: without the link's scheme, and what follows a question mark (BIP-21)."""
        address = fold(text)
        if address[: len(self.scheme) + 1].lower() == f"{self.scheme}:":
            address = address[len(self.scheme) + 1 :].partition("?")[0]
        return address.replace(" ", "")

    def prefix_of(self, address: str) -> str:
        """The witness prefix an address begins with, or ""."""
        prefix = address.partition("1")[0].lower()
        return prefix if prefix in self.prefixes else ""

    def form(self, canonical: str) -> Form:
        if prefix := self.prefix_of(canonical):
            chain = self.prefixes[prefix]
            return Form(chain, TEST_WORDS if "-" in chain else _witness_words(canonical))
        payload = base58.decode_check(canonical)
        return self.forms[payload[:-HASH_BYTES]]

    def settle(self, address: str, payload: bytes) -> str:
        """The canonical form of an address of this coin: itself, unless two forms mean the same."""
        return address

    def _base58(self, address: str) -> str:
        least, most = self.lengths
        if not least - 1 <= len(address) <= most + 1 and not 50 <= len(address) <= 52 and address[1:4] != "pub":
            raise InvalidValue(
                WRONG_LENGTH,
                rule="length",
                coin=self.name,
                wanted=least if least == most else f"{least}–{most}",
                length=len(address),
            )
        payload = base58.decode_check(address)
        version = payload[:-HASH_BYTES]
        if version in self.forms:
            return self.settle(address, payload)
        if payload[:1] and payload[0] in _PRIVATE and len(payload) in (33, 34):
            raise InvalidValue(PRIVATE_KEY, rule="secret")
        if address[1:4] == "pub" and len(payload) == EXTENDED_BYTES:
            raise InvalidValue(
                _("This is an extended public key, of which addresses are made. Give the addresses themselves"),
                rule="kind",
            )
        if version in _WHOSE:
            raise InvalidValue(
                _("This is a valid address, but of %(chain)s, not of %(coin)s"),
                rule="chain",
                chain=_WHOSE[version],
                coin=self.name,
            )
        raise InvalidValue(NO_ADDRESS, rule="structure", coin=self.name)

    def _check_segwit(self, address: str) -> None:
        try:
            bech32.decode_segwit(address)
        except InvalidValue as error:
            prefix = self.prefix_of(address)
            short, long = len(prefix) + 40, len(prefix) + 60
            wanted = {f"{prefix}1q": (short, long), f"{prefix}1p": (long,)}  # P2WPKH and P2WSH, taproot
            start = address[: len(prefix) + 2].lower()
            if error.rule != "checksum" or len(address) in wanted.get(start, (len(address),)):
                raise
            raise InvalidValue(
                _("Wrong length: beginning with %(start)s it has %(wanted)s characters, this one has %(length)s"),
                rule="length",
                start=start,
                wanted=" / ".join(map(str, wanted[start])),
                length=len(address),
            ) from error


def _witness_words(canonical: str) -> Words:
    program = bech32.decode_segwit(canonical)
    if program.version == 1 and len(program.program) == 32:
        return _("Taproot address")
    return _("Segregated witness address") if program.version == 0 else _("Reserved witness version")
