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
UNKNOWN = 255
# The digit of each byte of a text; UNKNOWN for those that are no base58 character.
VALUES = {
    alphabet: bytes(alphabet.find(chr(code)) % 256 if code < 128 else UNKNOWN for code in range(256))
    for alphabet in (ALPHABET, RIPPLE)
}
_PAIRS = {alphabet: [high + low for high in alphabet for low in alphabet] for alphabet in (ALPHABET, RIPPLE)}
_LONGEST = 256  # characters that are taken all at once


def _folds() -> tuple[tuple[int, int, int], ...]:
    """How lanes of one digit become lanes of two, of four …: bits of a lane, every second lane, what the other weighs.

    A number in base 58 of n digits lies in n lanes of a byte; each fold adds every lane to 58 ** digits times the one
    before it, all lanes at once. Lanes are wide enough: 58 ** (2 * digits) is less than 2 ** (2 * bits).
    """
    folds = []
    bits = 8
    while bits < 8 * _LONGEST:
        every_second = sum(((1 << bits) - 1) << place for place in range(0, 8 * _LONGEST, 2 * bits))
        folds.append((bits, every_second, 58 ** (bits // 8)))
        bits *= 2
    return tuple(folds)


_FOLDS = _folds()


def folded(digits: bytes, lane: int) -> int:
    """The numbers that base58 digits stand for, each a byte of 0 to 57: `lane` of them a number, in as many bytes.

    A lane is a power of two, at most 256, or as long as all digits are.
    """
    lanes = int.from_bytes(digits, "big")
    for bits, every_second, weight in _FOLDS[: (lane - 1).bit_length()]:
        lanes = (lanes & every_second) + (lanes >> bits & every_second) * weight
    return lanes


def _number_of(digits: bytes) -> int:
    if len(digits) <= _LONGEST:
        return folded(digits, len(digits))
    number = 0
    for digit in digits:
        number = number * 58 + digit
    return number


def _digits_of(text: str, alphabet: str = ALPHABET) -> bytes:
    """The digits of a base58 text, each a byte; raises `InvalidValue`."""
    digits = text.encode(errors="surrogatepass").translate(VALUES[alphabet])
    if UNKNOWN in digits:
        position, char = next((place, char) for place, char in enumerate(text, 1) if char not in alphabet)
        raise InvalidValue(
            _("Position %(position)s: %(character)s is not a base58 character"),
            rule="alphabet",
            position=position,
            character=char,
        )
    return digits


def decode(text: str, alphabet: str = ALPHABET) -> bytes:
    """The bytes of a base58 text; each leading 1, or first letter of another alphabet, is a zero byte."""
    number = _number_of(_digits_of(text, alphabet))
    zeros = len(text) - len(text.lstrip(alphabet[0])) if text[:1] == alphabet[0] else 0
    return number.to_bytes(zeros + (number.bit_length() + 7) // 8, "big")


def encode(data: bytes, alphabet: str = ALPHABET) -> str:
    """The base58 text of some bytes."""
    number, pairs, of_pair = int.from_bytes(data, "big"), [], _PAIRS[alphabet]
    while number:
        number, pair = divmod(number, 58 * 58)
        pairs.append(of_pair[pair])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return alphabet[0] * zeros + "".join(reversed(pairs)).lstrip(alphabet[0])


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
