"""Base58 and base58check, as Bitcoin and its relatives write addresses: no 0, O, I or l, and a 4-byte checksum.

The XRP Ledger uses the same letters in an order of its own.
"""

from __future__ import annotations

from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
CHECK_BYTES = 4
_VALUES = {alphabet: {char: value for value, char in enumerate(alphabet)} for alphabet in (ALPHABET, RIPPLE)}


def decode(text: str, alphabet: str = ALPHABET) -> bytes:
    """The bytes of a base58 text; each leading 1, or first letter of another alphabet, is a zero byte."""
    number, values = 0, _VALUES[alphabet]
    try:
        for char in text:
            number = number * 58 + values[char]
    except KeyError:
        position, char = next((place, char) for place, char in enumerate(text, 1) if char not in values)
        raise InvalidValue(
            _("Position %(position)s: %(character)s is not a base58 character"),
            rule="alphabet",
            position=position,
            character=char,
        ) from None
    zeros = len(text) - len(text.lstrip(alphabet[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def encode(data: bytes, alphabet: str = ALPHABET) -> str:
    """The base58 text of some bytes."""
    number, digits = int.from_bytes(data, "big"), []
    while number:
        number, digit = divmod(number, 58)
        digits.append(alphabet[digit])
    return alphabet[0] * (len(data) - len(data.lstrip(b"\0"))) + "".join(reversed(digits))


def decode_check(text: str, alphabet: str = ALPHABET) -> bytes:
    """The payload, version first, of a base58check text whose checksum holds."""
    data = decode(text, alphabet)
    payload, check = data[:-CHECK_BYTES], data[-CHECK_BYTES:]
    if sha256(sha256(payload).digest()).digest()[:CHECK_BYTES] != check:
        raise InvalidValue(_("Wrong checksum: a character was probably mistyped, left out or doubled"), rule="checksum")
    return payload


def encode_check(payload: bytes, alphabet: str = ALPHABET) -> str:
    """The base58check text of a payload."""
    return encode(payload + sha256(sha256(payload).digest()).digest()[:CHECK_BYTES], alphabet)
