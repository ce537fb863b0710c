"""Addresses of every form that a wallet has, made of random bytes: they pass every check and belong to nobody."""

from __future__ import annotations

import random
from collections.abc import Callable

from efc_portal.core.standards import base58, bech32, cashaddr, monero, zcash
from efc_portal.indicators.types.wallet_eth import checksummed

_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _checksum(values: list[int]) -> int:
    """As BIP-173 writes it, for nothing here to be checked by itself."""
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for bit in range(5):
            check ^= _GENERATOR[bit] if top >> bit & 1 else 0
    return check


def bech(prefix: str, data: bytes, constant: int, version: int | None = None) -> str:
    """A bech32 or bech32m text, with a witness version before its data if one is given."""
    padding = -len(data) * 8 % 5
    number, count = int.from_bytes(data, "big") << padding, (len(data) * 8 + padding) // 5
    values = [number >> 5 * place & 31 for place in reversed(range(count))]
    values = values if version is None else [version, *values]
    expanded = [*(ord(char) >> 5 for char in prefix), 0, *(ord(char) & 31 for char in prefix)]
    check = _checksum([*expanded, *values, *[0] * 6]) ^ constant
    values += [check >> 5 * place & 31 for place in reversed(range(6))]
    return f"{prefix}1{''.join(bech32.CHARSET[value] for value in values)}"


def _unified(source: random.Random) -> str:
    """Receivers of Sapling and Orchard, as most are."""
    receivers = bytes([2, 43]) + source.randbytes(43) + bytes([3, 43]) + source.randbytes(43)
    return bech("u", zcash.jumbled(receivers + b"u".ljust(16, b"\0")), bech32.BECH32M)


def _monero(network: int, source: random.Random) -> str:
    payment_id = source.randbytes(8) if network == 19 else b""
    return monero.encode(bytes([network]) + source.randbytes(64) + payment_id)


def _x_address(source: random.Random) -> str:
    tag = source.randrange(2**32).to_bytes(4, "little")
    return base58.encode_check(b"\x05\x44" + source.randbytes(20) + b"\x01" + tag + bytes(4), base58.RIPPLE)


def _check58(version: bytes, alphabet: str = base58.ALPHABET) -> Callable[[random.Random], str]:
    return lambda source: base58.encode_check(version + source.randbytes(20), alphabet)


FORMS: dict[str, list[Callable[[random.Random], str]]] = {
    "wallet_btc": [
        _check58(b"\x00"),
        _check58(b"\x05"),
        lambda source: bech("bc", source.randbytes(20), bech32.BECH32, 0),
        lambda source: bech("bc", source.randbytes(32), bech32.BECH32, 0),
        lambda source: bech("bc", source.randbytes(32), bech32.BECH32M, 1),
    ],
    "wallet_ltc": [
        _check58(b"\x30"),
        _check58(b"\x32"),
        lambda source: bech("ltc", source.randbytes(20), bech32.BECH32, 0),
    ],
    "wallet_bch": [
        lambda source: cashaddr.encode(cashaddr.CashAddress(cashaddr.MAIN, 0, source.randbytes(20))),
        lambda source: cashaddr.encode(cashaddr.CashAddress(cashaddr.MAIN, 1, source.randbytes(20))).partition(":")[2],
    ],
    "wallet_eth": [
        lambda source: f"0x{source.randbytes(20).hex()}",
        lambda source: checksummed(f"0x{source.randbytes(20).hex()}"),
    ],
    "wallet_tron": [_check58(b"\x41")],
    "wallet_xmr": [lambda source: _monero(18, source), lambda source: _monero(42, source)],
    "wallet_xrp": [
        _check58(b"\x00", base58.RIPPLE),
        lambda source: f"{_check58(bytes(1), base58.RIPPLE)(source)}?dt={source.randrange(10_000)}",
        _x_address,
    ],
    "wallet_dash": [_check58(b"\x4c")],
    "wallet_zec": [
        _check58(b"\x1c\xb8"),
        lambda source: bech("zs", source.randbytes(43), bech32.BECH32),
        _unified,
    ],
}


def of(code: str, seed: int, count: int) -> list[str]:
    """Addresses of one type, of each of its forms by turns."""
    source, forms = random.Random(f"{code} {seed}"), FORMS[code]
    return [forms[turn % len(forms)](source) for turn in range(count)]
