"""CashAddr, as Bitcoin Cash writes addresses: bech32's characters under a BCH code of 40 bits.

Source: the CashAddr specification of Bitcoin Cash, with the token-aware types of CHIP-2022-02.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.bech32 import CHARSET, TO_BASE32, UNKNOWN, VALUES
from efc_portal.core.standards.errors import InvalidValue

MAIN = "bitcoincash"
CHECK_CHARS = 8
SIZES = (20, 24, 28, 32, 40, 48, 56, 64)  # bytes of the hash, by the lowest three bits of the version
KEY_HASH, SCRIPT_HASH = 0, 1
TOKEN_AWARE = 2  # added to either
_GENERATOR = (0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470)


class CashAddress(NamedTuple):
    """A valid address: its network's prefix, its type (0 to 3), and its hash."""

    prefix: str
    kind: int
    hash: bytes


def decode(text: str) -> CashAddress:
    """The parts of an address, all in one case; without a prefix it is taken for the main network's.

    Raises `InvalidValue` with the rule and the place.
    """
    lower = text.lower()
    if text not in (lower, text.upper()):
        upper_first = text[0].isupper()
        position = next(n for n, char in enumerate(text, 1) if char.isalpha() and char.isupper() != upper_first)
        raise InvalidValue(
            _("Position %(position)s: upper and lower case are mixed; this form of address uses one case throughout"),
            rule="case",
            position=position,
        )
    prefix, colon, payload = lower.rpartition(":")
    offset = len(prefix) + len(colon)
    values = payload.encode(errors="surrogatepass").translate(VALUES)
    if UNKNOWN in values:
        wrong = next(place for place, char in enumerate(payload) if char not in CHARSET)
        raise InvalidValue(
            _("Position %(position)s: %(character)s cannot stand in a Bitcoin Cash address"),
            rule="alphabet",
            position=offset + wrong + 1,
            character=text[offset + wrong],
        )
    if len(payload) <= CHECK_CHARS:
        raise InvalidValue(_("Too short: characters are missing at the end"), rule="length")
    if _polymod(values, _start(prefix or MAIN)) != 1:
        raise InvalidValue(
            _("Wrong checksum: some characters were probably mistyped, left out or doubled"), rule="checksum"
        )
    version, digest = _bytes_of(payload[:-CHECK_CHARS])
    size = SIZES[version & 7]
    if version & 0x80 or len(digest) != size:
        raise InvalidValue(
            _("Wrong length: its first character promises %(wanted)s bytes, and it holds %(size)s"),
            rule="length",
            wanted=size,
            size=len(digest),
        )
    return CashAddress(prefix or MAIN, version >> 3, digest)


def encode(address: CashAddress) -> str:
    """The text of an address, prefix included."""
    version = address.kind << 3 | SIZES.index(len(address.hash))
    data = bytes([version]) + address.hash
    bits = len(data) * 8
    number = int.from_bytes(data, "big") << -bits % 5
    count = -(-bits // 5)
    values = [number >> 5 * place & 31 for place in reversed(range(count))]
    check = _polymod(bytes(values + [0] * CHECK_CHARS), _start(address.prefix)) ^ 1
    values += [check >> 5 * place & 31 for place in reversed(range(CHECK_CHARS))]
    return f"{address.prefix}:{''.join(CHARSET[value] for value in values)}"


def _bytes_of(chars: str) -> tuple[int, bytes]:
    """The version and the hash in some characters, whose padding must be nought."""
    padding = len(chars) * 5 % 8
    number = int(chars.translate(TO_BASE32), 32)
    if padding >= 5 or number & ((1 << padding) - 1) or len(chars) < 2:
        raise InvalidValue(_("The address does not end on a whole byte: it was cut or made up"), rule="structure")
    data = (number >> padding).to_bytes(len(chars) * 5 // 8, "big")
    return data[0], data[1:]


def _step(check: int, value: int) -> int:
    """The checksum's state after one more value of five bits."""
    top = check >> 35
    check = (check & 0x7FFFFFFFF) << 5 ^ value
    for bit, generator in enumerate(_GENERATOR):
        if top >> bit & 1:
            check ^= generator
    return check


_TOP_TWO = tuple(_step(_step(top << 30, 0), 0) for top in range(1024))


@lru_cache(64)
def _start(prefix: str) -> int:
    """The checksum's state after a prefix."""
    return _polymod(bytes(ord(char) & 31 for char in prefix) + b"\0", 1)


def _polymod(values: bytes, start: int) -> int:
    """The checksum's state after some values, taken two at a time: 1 when a checksum that holds is among them."""
    check = start
    if len(values) % 2:
        check, values = _step(check, values[0]), values[1:]
    pairs = iter(values)
    for high, low in zip(pairs, pairs, strict=True):
        check = (check & 0x3FFFFFFF) << 10 ^ high << 5 ^ low ^ _TOP_TWO[check >> 30]
    return check
