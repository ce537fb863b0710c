"""Zcash's shielded and unified addresses: what a bech32 or bech32m text of theirs holds.

Sources: the Zcash protocol specification (5.6, Sapling), ZIP 316 (unified addresses, F4Jumble), ZIP 320 (TEX).
"""

from __future__ import annotations

from hashlib import blake2b
from itertools import count

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards import bech32
from efc_portal.core.standards.errors import InvalidValue

SAPLING, TEX, UNIFIED = "sapling", "tex", "unified"
PREFIXES = {
    "zs": (SAPLING, "zcash"),
    "ztestsapling": (SAPLING, "zcash-testnet"),
    "tex": (TEX, "zcash"),
    "textest": (TEX, "zcash-testnet"),
    "u": (UNIFIED, "zcash"),
    "utest": (UNIFIED, "zcash-testnet"),
}
LONGEST = 1000  # characters: four receivers have some 300, and what is not known yet may follow
_PADDING = 16
_LEAST_JUMBLED, _HASH = 48, 64
_BYTES = {SAPLING: 43, TEX: 20}
_RECEIVERS = {0: 20, 1: 20, 2: 43, 3: 43}  # bytes by type code: key hash, script hash, Sapling, Orchard


def decode(text: str) -> tuple[str, str]:
    """Form and network of an address; raises `InvalidValue` with the rule and the place."""
    hrp, digits, checksum = bech32.decode(text, max_length=LONGEST)
    if hrp not in PREFIXES:
        raise InvalidValue(
            _("The checksum is right, but this is no address of %(coin)s"), rule="structure", coin="Zcash"
        )
    form, network = PREFIXES[hrp]
    if checksum != (bech32.BECH32 if form == SAPLING else bech32.BECH32M):
        raise InvalidValue(_("Wrong checksum: a character was probably mistyped, left out or doubled"), rule="checksum")
    data = _bytes_of(digits)
    if form == UNIFIED:
        _check_receivers(data, hrp)
    elif len(data) != _BYTES[form]:
        raise InvalidValue(
            _("Wrong length: such an address holds %(wanted)s bytes, this one %(size)s"),
            rule="length",
            wanted=_BYTES[form],
            size=len(data),
        )
    return form, network


def _bytes_of(digits: str) -> bytes:
    padding = len(digits) * 5 % 8
    number = int(digits or "0", 32)
    if padding >= 5 or number & ((1 << padding) - 1):
        raise InvalidValue(_("The address does not end on a whole byte: it was cut or made up"), rule="structure")
    return (number >> padding).to_bytes(len(digits) * 5 // 8, "big")


def _check_receivers(data: bytes, hrp: str) -> None:
    """A unified address's receivers in order, each of its size, and the padding that names the network."""
    wrong = InvalidValue(_("The checksum is right, but this is no address of %(coin)s"), rule="structure", coin="Zcash")
    if len(data) < _LEAST_JUMBLED:
        raise wrong
    plain = unjumbled(data)
    if plain[-_PADDING:] != hrp.encode().ljust(_PADDING, b"\0"):
        raise wrong
    rest, before, shielded = plain[:-_PADDING], -1, False
    while rest:
        code, size = rest[0], rest[1] if len(rest) > 1 else 0
        if code >= 253 or size >= 253:  # longer than any receiver there is, or a type code that nobody has given yet
            return
        if code <= before or size > len(rest) - 2 or _RECEIVERS.get(code, size) != size:
            raise wrong
        before, shielded, rest = code, shielded or code >= 2, rest[2 + size :]
    if not shielded:
        raise wrong


def jumbled(data: bytes) -> bytes:
    """F4Jumble: each bit of the answer depends on every bit of the data."""
    left, right = _halves(data)
    right = _xor(right, _wide(0, left, len(right)))
    left = _xor(left, _short(0, right, len(left)))
    right = _xor(right, _wide(1, left, len(right)))
    return _xor(left, _short(1, right, len(left))) + right


def unjumbled(data: bytes) -> bytes:
    """The data of which `jumbled` makes this."""
    left, right = _halves(data)
    left = _xor(left, _short(1, right, len(left)))
    right = _xor(right, _wide(1, left, len(right)))
    left = _xor(left, _short(0, right, len(left)))
    return left + _xor(right, _wide(0, left, len(right)))


def _halves(data: bytes) -> tuple[bytes, bytes]:
    middle = min(_HASH, len(data) // 2)
    return data[:middle], data[middle:]


def _short(turn: int, data: bytes, size: int) -> bytes:
    return blake2b(data, digest_size=size, person=b"UA_F4Jumble_H" + bytes([turn, 0, 0])).digest()


def _wide(turn: int, data: bytes, size: int) -> bytes:
    out = b""
    for block in count():
        if len(out) >= size:
            return out[:size]
        person = b"UA_F4Jumble_G" + bytes([turn]) + block.to_bytes(2, "little")
        out += blake2b(data, digest_size=_HASH, person=person).digest()
    raise AssertionError


def _xor(one: bytes, other: bytes) -> bytes:
    return (int.from_bytes(one, "big") ^ int.from_bytes(other, "big")).to_bytes(len(one), "big")
