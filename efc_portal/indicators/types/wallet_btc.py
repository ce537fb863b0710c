"""Bitcoin addresses: base58check (P2PKH, P2SH), native segregated witness (bech32), taproot (bech32m).

Addresses of the test networks are valid and said to be such; private and extended keys are refused.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards import base58, bech32
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import fold
from efc_portal.indicators.declaration import IndicatorType, StixHint, Words
from efc_portal.indicators.enums import Confidence

_CHAINS = {"bc": "bitcoin", "tb": "bitcoin-testnet", "bcrt": "bitcoin-regtest"}
# Version bytes of base58check addresses (Bitcoin Core, chainparams).
_VERSIONS = {0: "bitcoin", 5: "bitcoin", 111: "bitcoin-testnet", 196: "bitcoin-testnet"}
_PRIVATE_VERSIONS = {128, 239}
_ELSEWHERE = {48: "Litecoin", 50: "Litecoin", 30: "Dogecoin", 22: "Dogecoin", 76: "Dash", 16: "Dash", 65: "TRON"} | {
    38: "Bitcoin Gold",
    23: "Bitcoin Gold",
}
_LENGTHS = {"bc1q": (42, 62), "bc1p": (62,)}  # of the forms in use: P2WPKH and P2WSH, taproot
_SEGWIT_START = re.compile(r"(?:bc|tb|bcrt)1", re.IGNORECASE)
_SHAPE = re.compile(
    r"(?:bitcoin:)?(?:[13][a-zA-Z0-9]{24,36}|[mn2][a-zA-Z0-9]{32,36}|[5KL9c][a-zA-Z0-9]{50,51}|[xyztuv]pub[a-zA-Z0-9]{100,112}"
    r"|(?:bc|tb|bcrt)1[a-zA-Z0-9]{6,87})(?:\?.*)?",
    re.IGNORECASE,
)


class BitcoinWallet(IndicatorType):
    code = "wallet_btc"
    label = _("Bitcoin wallet")
    help = _("A Bitcoin address: it begins with 1, 3, bc1q or bc1p.")
    example = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
    order = 20
    method = "virtual_currency"
    stix = StixHint("cryptocurrency-wallet", "value", "extension-definition--be78509e-6958-51b1-8b26-d17ee0eba2d7")
    found_as = Confidence.CERTAIN
    pattern = re.compile(
        r"(?<![A-Za-z0-9])(?:[123mn][1-9A-HJ-NP-Za-km-z]{25,34}|(?:bc|tb|bcrt)1[02-9ac-hj-np-z]{11,71}"
        r"|(?:BC|TB|BCRT)1[02-9AC-HJ-NP-Z]{11,71})(?![A-Za-z0-9])"
    )

    def canonicalise(self, text: str, region: str | None = None) -> str:
        address = _bare(text)
        if _SEGWIT_START.match(address):
            _check_segwit(address)
            return address.lower()
        _check_base58(address)
        return address

    def looks_like(self, text: str) -> bool:
        return _SHAPE.fullmatch(fold(text)) is not None

    def chain(self, canonical: str) -> str:
        if _SEGWIT_START.match(canonical):
            return _CHAINS[canonical.partition("1")[0]]
        return "bitcoin" if canonical[0] in "13" else "bitcoin-testnet"

    def detail(self, canonical: str) -> Words:
        if self.chain(canonical) != "bitcoin":
            return _("Test network: its coins are worth nothing")
        if canonical.startswith("bc1"):
            program = bech32.decode_segwit(canonical)
            if program.version == 1 and len(program.program) == 32:
                return _("Taproot address")
            return _("Segregated witness address") if program.version == 0 else _("Reserved witness version")
        return _("Pay to public key hash") if canonical[0] == "1" else _("Pay to script hash")


def _bare(text: str) -> str:
    """The address in a pasted value: without `bitcoin:` and what follows a question mark (BIP-21)."""
    address = fold(text)
    if address[:8].lower() == "bitcoin:":
        address = address[8:].partition("?")[0]
    return address.replace(" ", "")


def _check_segwit(address: str) -> None:
    try:
        bech32.decode_segwit(address)
    except InvalidValue as error:
        start = address[:4].lower()
        if error.rule != "checksum" or len(address) in _LENGTHS.get(start, (len(address),)):
            raise
        raise InvalidValue(
            _("Wrong length: beginning with %(start)s it has %(wanted)s characters, this one has %(length)s"),
            rule="length",
            start=start,
            wanted=" / ".join(map(str, _LENGTHS[start])),
            length=len(address),
        ) from error


def _check_base58(address: str) -> None:
    if not 25 <= len(address) <= 36 and not 50 <= len(address) <= 52 and address[1:4] != "pub":
        raise InvalidValue(
            _("Wrong length: a Bitcoin address has 26 to 35 characters, or begins with bc1; this one has %(length)s"),
            rule="length",
            length=len(address),
        )
    payload = base58.decode_check(address)
    version = payload[0] if payload else None
    if version in _PRIVATE_VERSIONS and len(payload) in (33, 34):
        raise InvalidValue(
            _("This is a private key: whoever holds it holds the money. Keep it safe, and give the address instead"),
            rule="secret",
        )
    if address[1:4] == "pub" and len(payload) == 78:
        raise InvalidValue(
            _("This is an extended public key, of which addresses are made. Give the addresses themselves"), rule="kind"
        )
    if version in _ELSEWHERE and len(payload) == 21:
        raise InvalidValue(
            _("This is a valid address, but of %(chain)s, not of Bitcoin"), rule="chain", chain=_ELSEWHERE[version]
        )
    if version not in _VERSIONS or len(payload) != 21:
        raise InvalidValue(_("The checksum is right, but this is no Bitcoin address"), rule="structure")


DECLARATION = BitcoinWallet()
