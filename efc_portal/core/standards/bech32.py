"""Bech32 (BIP-173), bech32m (BIP-350), and the witness programs they carry.

A checksum that fails tells where: the BCH code finds the place of a single wrong character. It is named, never
corrected, as BIP-173 asks.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards.errors import InvalidValue

CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
BECH32 = 1
BECH32M = 0x2BC830A3
CHECK_CHARS = 6
MAX_LENGTH = 90
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


class Decoded(NamedTuple):
    """A valid text: its human-readable part, its data as base32 digits 0-9a-v, and which checksum it carries."""

    hrp: str
    digits: str
    checksum: int


class Program(NamedTuple):
    """A segregated witness program: version 0 to 16, 2 to 40 bytes."""

    hrp: str
    version: int
    program: bytes


_TOP = tuple(
    _GENERATOR[0] * (top & 1)
    ^ _GENERATOR[1] * (top >> 1 & 1)
    ^ _GENERATOR[2] * (top >> 2 & 1)
    ^ _GENERATOR[3] * (top >> 3 & 1)
    ^ _GENERATOR[4] * (top >> 4 & 1)
    for top in range(32)
)
UNKNOWN = 255
# The value of each byte of a text; UNKNOWN for those that are no bech32 character.
VALUES = bytes(CHARSET.find(chr(code)) % 256 if code < 128 else UNKNOWN for code in range(256))
TO_BASE32 = str.maketrans(CHARSET, "0123456789abcdefghijklmnopqrstuv")


def _step(check: int, value: int) -> int:
    return (check & 0x1FFFFFF) << 5 ^ value ^ _TOP[check >> 25]


_TOP_TWO = tuple(_step(_step(top << 20, 0), 0) for top in range(1024))


def _polymod(values: bytes, start: int) -> int:
    """The checksum's state after some 5-bit values, taken two at a time."""
    check = start
    if len(values) % 2:
        check, values = _step(check, values[0]), values[1:]
    pairs = iter(values)
    for high, low in zip(pairs, pairs, strict=True):
        check = (check & 0xFFFFF) << 10 ^ high << 5 ^ low ^ _TOP_TWO[check >> 20]
    return check


@lru_cache(64)
def _start(hrp: str) -> int:
    """The checksum's state after the human-readable part."""
    raw = hrp.encode()
    return _polymod(bytes(char >> 5 for char in raw) + b"\0" + bytes(char & 31 for char in raw), 1)


def decode(text: str, *, max_length: int = MAX_LENGTH) -> Decoded:
    """Split and check a bech32 or bech32m text, all in one case; raises `InvalidValue` with the rule and the place."""
    lower = text.lower()
    if lower != text and text != text.upper():
        upper_first = text[0].isupper()
        position = next(n for n, char in enumerate(text, 1) if char.isalpha() and char.isupper() != upper_first)
        raise InvalidValue(
            _("Position %(position)s: upper and lower case are mixed; this form of address uses one case throughout"),
            rule="case",
            position=position,
        )
    if not text.isascii() or not text.isprintable() or " " in text:
        position = next(place for place, char in enumerate(text, 1) if not 33 <= ord(char) <= 126)
        raise InvalidValue(
            _("Position %(position)s: this character cannot stand in an address"), rule="alphabet", position=position
        )
    separator = lower.rfind("1")
    if separator < 1:
        raise InvalidValue(_("The prefix, such as bc1, is missing"), rule="structure")
    if len(lower) > max_length:
        raise InvalidValue(
            _("Too long: %(length)s characters, at most %(limit)s are possible"),
            rule="length",
            length=len(lower),
            limit=max_length,
        )
    hrp, data = lower[:separator], lower[separator + 1 :]
    values = data.encode().translate(VALUES)
    if UNKNOWN in values:
        position, char = next((n, c) for n, c in enumerate(text, 1) if n > separator + 1 and c.lower() not in CHARSET)
        raise InvalidValue(
            _("Position %(position)s: %(character)s is not a bech32 character"),
            rule="alphabet",
            position=position,
            character=char,
        )
    if len(data) < CHECK_CHARS:
        raise InvalidValue(_("Too short: characters are missing at the end"), rule="length")
    check = _polymod(values, _start(hrp))
    if check not in (BECH32, BECH32M):
        _raise_wrong_checksum(check, lower, separator)
    return Decoded(hrp, data[:-CHECK_CHARS].translate(TO_BASE32), check)


def decode_segwit(text: str) -> Program:
    """The witness program of a native segregated witness address of any network."""
    hrp, digits, checksum = decode(text)
    if not digits:
        raise InvalidValue(_("Too short: the address is empty after its prefix"), rule="length")
    version = int(digits[0], 32)
    if version > 16:
        raise InvalidValue(
            _("Position %(position)s: the witness version is above 16, which does not exist"),
            rule="structure",
            position=len(hrp) + 2,
        )
    padding = len(digits[1:]) * 5 % 8
    number = int(digits[1:] or "0", 32)
    if padding >= 5 or number & ((1 << padding) - 1):
        raise InvalidValue(_("The address does not end on a whole byte: it was cut or made up"), rule="structure")
    program = (number >> padding).to_bytes(len(digits[1:]) * 5 // 8, "big")
    if not 2 <= len(program) <= 40 or (version == 0 and len(program) not in (20, 32)):
        raise InvalidValue(
            _("Wrong length: a witness program of version %(version)s cannot hold %(size)s bytes"),
            rule="length",
            version=version,
            size=len(program),
        )
    if checksum != (BECH32 if version == 0 else BECH32M):
        raise InvalidValue(
            _("Wrong checksum: witness version %(version)s needs the %(wanted)s checksum, and this is the other one"),
            rule="checksum",
            version=version,
            wanted="bech32" if version == 0 else "bech32m",
        )
    return Program(hrp, version, program)


@cache
def _single_errors() -> dict[int, int]:
    """For each pattern that one wrong character leaves in the checksum, its place counted from the end."""
    patterns: dict[int, int] = {}
    for value in range(1, 32):
        pattern = value
        for place in range(MAX_LENGTH):
            patterns[pattern] = place
            pattern = _step(pattern, 0)
    return patterns


def _raise_wrong_checksum(check: int, text: str, separator: int) -> None:
    """Say where, when one wrong character explains it under the checksum that the witness version calls for."""
    wanted = BECH32 if text[separator + 1] == "q" else BECH32M
    from_end = _single_errors().get(check ^ wanted)
    if from_end is None or from_end >= len(text) - separator - 1:
        raise InvalidValue(
            _("Wrong checksum: some characters were probably mistyped, left out or doubled"), rule="checksum"
        )
    position = len(text) - from_end
    if from_end < CHECK_CHARS:
        raise InvalidValue(
            _("Wrong checksum: the last characters were probably mistyped (look at position %(position)s)"),
            rule="checksum",
            position=position,
        )
    raise InvalidValue(
        _("Wrong checksum: the character at position %(position)s was probably mistyped"),
        rule="checksum",
        position=position,
    )
