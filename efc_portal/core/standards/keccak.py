"""Keccak-256 with the padding it had before NIST made SHA-3 of it: what Ethereum hashes with, and `hashlib` lacks.

Written from the Keccak reference (Bertoni, Daemen, Peeters, Van Assche; the permutation of FIPS 202, section 3).
"""

from __future__ import annotations

_MASK = (1 << 64) - 1
_RATE = 136  # bytes absorbed at a time; the capacity is twice the digest's 32 bytes


def _round_constants() -> tuple[int, ...]:
    """The 24 constants of step iota, from the linear feedback shift register that defines them."""
    register, constants = 1, []
    for _round in range(24):
        constant = 0
        for power in range(7):
            if register & 1:
                constant |= 1 << ((1 << power) - 1)
            register = register << 1 ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return tuple(constants)


def _lane_walk() -> tuple[tuple[int, int, int], ...]:
    """Steps rho and pi as (to, from, rotation) for each of the 25 lanes; lane x, y stands at x + 5y."""
    moves = {(0, 0): 0}
    x, y = 1, 0
    for step in range(24):
        moves[x, y] = (step + 1) * (step + 2) // 2 % 64
        x, y = y, (2 * x + 3 * y) % 5
    return tuple(sorted((y + 5 * ((2 * x + 3 * y) % 5), x + 5 * y, turn) for (x, y), turn in moves.items()))


_CONSTANTS = _round_constants()
_WALK = tuple((source, source % 5, turn, 64 - turn) for _to, source, turn in _lane_walk())


def _permute(lanes: list[int]) -> list[int]:
    """Keccak-f[1600]."""
    mask = _MASK
    for constant in _CONSTANTS:
        a, b, c, d, e = (lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5))
        theta = (
            e ^ (b << 1 & mask | b >> 63),
            a ^ (c << 1 & mask | c >> 63),
            b ^ (d << 1 & mask | d >> 63),
            c ^ (e << 1 & mask | e >> 63),
            d ^ (a << 1 & mask | a >> 63),
        )
        moved = [
            (lane := lanes[source] ^ theta[column]) << turn & mask | lane >> back
            for source, column, turn, back in _WALK
        ]
        lanes = []
        for row in (0, 5, 10, 15, 20):
            v, w, x, y, z = moved[row : row + 5]
            lanes += (v ^ (~w & x), w ^ (~x & y), x ^ (~y & z), y ^ (~z & v), z ^ (~v & w))
        lanes[0] ^= constant
    return lanes


def keccak_256(data: bytes) -> bytes:
    """The 32-byte Keccak-256 digest."""
    padded = bytearray(data + b"\x01" + bytes(-(len(data) + 1) % _RATE))
    padded[-1] |= 0x80
    lanes = [0] * 25
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            lanes[lane] ^= int.from_bytes(padded[start + 8 * lane : start + 8 * lane + 8], "little")
        lanes = _permute(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])
