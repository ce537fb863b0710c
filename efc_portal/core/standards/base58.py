"""Base58 and base58check, as Bitcoin and its relatives write addresses: no 0, O, I or l, and a 4-byte checksum."""

from __future__ import annotations

from hashlib import sha256

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
CHECK_BYTES = 4
_VALUES = {char: value for value, char in enumerate(ALPHABET)}


def decode(text: str) -> bytes:
    """The bytes of a base58 text; each leading 1 is a zero byte."""
    number = 0
    try:
        for char in text:
            number = number * 58 + _VALUES[char]
    except KeyError:
        position, char = next((place, char) for place, char in enumerate(text, 1) if char not in _VALUES)
        raise InvalidValue(
            _("Position %(position)s: %(character)s is not a base58 character"),
            rule="alphabet",
            position=position,
            character=char,
        ) from None
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def encode(data: bytes) -> str:
    """The base58 text of some bytes."""
    number, digits = int.from_bytes(data, "big"), []
    while number:
        number, digit = divmod(number, 58)
        digits.append(ALPHABET[digit])
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + "".join(reversed(digits))


def decode_check(text: str) -> bytes:
    """The payload, version first, of a base58check text whose checksum holds."""
    data = decode(text)
    payload, check = data[:-CHECK_BYTES], data[-CHECK_BYTES:]
    if sha256(sha256(payload).digest()).digest()[:CHECK_BYTES] != check:
        raise InvalidValue(_("Wrong checksum: a character was probably mistyped, left out or doubled"), rule="checksum")
    return payload


def encode_check(payload: bytes) -> str:
    """The base58check text of a payload."""
    return encode(payload + sha256(sha256(payload).digest()).digest()[:CHECK_BYTES])
