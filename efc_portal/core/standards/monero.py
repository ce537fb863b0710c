"""Monero addresses: base58 in blocks of eight bytes, a network byte, two public keys, four bytes of Keccak-256.

Source: Monero's `cryptonote_basic` and its standard addresses; the networks' bytes are those of `cryptonote_config.h`.
"""

from __future__ import annotations

from struct import Struct
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from efc_portal.core.standards import base58
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.standards.keccak import keccak_256

BLOCK, BLOCK_CHARS = 8, 11
KEYS = 64  # bytes: public spend key, public view key
PAYMENT_ID = 8
CHECK_BYTES = 4
_SIZES = {0: 0, 2: 1, 3: 2, 5: 3, 6: 4, 7: 5, 9: 6, 10: 7, 11: 8}  # bytes in a block of so many characters
LENGTHS = (95, 106)  # characters: of an address alone, and of one that carries a payment number
_LANE = 16  # bytes in which the blocks of an address are spread, to be read all at once


def _forms() -> dict[int, tuple[Struct, Struct, Struct, int]]:
    """By length: how to take a text apart into blocks, to spread them over lanes and to join them as bytes; and the
    bits of the lanes that a block of so many bytes leaves alone.
    """
    forms = {}
    for length in LENGTHS:
        whole, rest = divmod(length, BLOCK_CHARS)
        lone = _SIZES[rest]
        too_high = (1 << 8 * _LANE) - (1 << 8 * lone)
        for place in range(8 * _LANE, 8 * _LANE * (whole + 1), 8 * _LANE):
            too_high |= (1 << place + 8 * _LANE) - (1 << place + 8 * BLOCK)
        forms[length] = (
            Struct(f"{BLOCK_CHARS}s" * whole + f"{rest}s"),
            Struct(f"{_LANE - BLOCK_CHARS}x{BLOCK_CHARS}s" * whole + f"{_LANE - rest}x{rest}s"),
            Struct(f"{_LANE - BLOCK}x{BLOCK}s" * whole + f"{_LANE - lone}x{lone}s"),
            too_high,
        )
    return forms


_FORMS = _forms()
STANDARD, INTEGRATED, SUBADDRESS = "standard", "integrated", "subaddress"
NETWORKS = {
    18: ("monero", STANDARD),
    19: ("monero", INTEGRATED),
    42: ("monero", SUBADDRESS),
    53: ("monero-testnet", STANDARD),
    54: ("monero-testnet", INTEGRATED),
    63: ("monero-testnet", SUBADDRESS),
    24: ("monero-stagenet", STANDARD),
    25: ("monero-stagenet", INTEGRATED),
    36: ("monero-stagenet", SUBADDRESS),
}


class MoneroAddress(NamedTuple):
    """A valid address: its network, its form, its two public keys and the payment number it carries, if any."""

    network: str
    form: str
    keys: bytes
    payment_id: bytes


def decode(text: str) -> MoneroAddress:
    """The parts of an address; raises `InvalidValue` with the rule and the place."""
    data = _bytes_of(text)
    payload, check = data[:-CHECK_BYTES], data[-CHECK_BYTES:]
    if keccak_256(payload)[:CHECK_BYTES] != check:
        raise InvalidValue(_("Wrong checksum: a character was probably mistyped, left out or doubled"), rule="checksum")
    network, form = NETWORKS.get(payload[0], ("", ""))
    if len(payload) != 1 + KEYS + (PAYMENT_ID if form == INTEGRATED else 0) or not network:
        raise InvalidValue(_("The checksum is right, but this is no Monero address"), rule="structure")
    return MoneroAddress(network, form, payload[1 : 1 + KEYS], payload[1 + KEYS :])


def encode(payload: bytes) -> str:
    """The text of a payload that begins with its network byte."""
    data = payload + keccak_256(payload)[:CHECK_BYTES]
    chars = {size: count for count, size in _SIZES.items()}
    text = []
    for start in range(0, len(data), BLOCK):
        block = data[start : start + BLOCK]
        text.append(base58.encode(block).lstrip("1").rjust(chars[len(block)], "1"))
    return "".join(text)


def _bytes_of(text: str) -> bytes:
    if len(text) not in LENGTHS:
        raise InvalidValue(
            _("Wrong length: a Monero address has 95 characters, or 106 with a payment number; this has %(length)s"),
            rule="length",
            length=len(text),
        )
    digits = text.encode(errors="surrogatepass").translate(base58.VALUES[base58.ALPHABET])
    if base58.UNKNOWN in digits:
        raise _first_wrong_block(text)
    taken, spread, joined, too_high = _FORMS[len(text)]
    blocks = base58.folded(spread.pack(*taken.unpack(digits)), _LANE)
    if blocks & too_high:
        raise _first_wrong_block(text)
    return b"".join(joined.unpack(blocks.to_bytes(spread.size, "big")))


def _first_wrong_block(text: str) -> InvalidValue:
    """What is wrong with the first block that stands for no bytes."""
    for start in range(0, len(text), BLOCK_CHARS):
        block = text[start : start + BLOCK_CHARS]
        try:
            number = int.from_bytes(base58.decode(block), "big")
        except InvalidValue as error:
            return InvalidValue(
                _("Position %(position)s: %(character)s is not a base58 character"),
                rule="alphabet",
                position=start + (error.position or 0),
                character=block[(error.position or 1) - 1],
            )
        if number >> 8 * _SIZES[len(block)]:
            return InvalidValue(
                _("The characters %(first)s to %(last)s stand for no bytes: one was probably mistyped"),
                rule="structure",
                position=start + 1,
                first=start + 1,
                last=start + len(block),
            )
    raise AssertionError
