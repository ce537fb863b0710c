"""Keccak-256 with the padding it had before NIST made SHA-3 of it: what Ethereum hashes with, and `hashlib` lacks."""

from __future__ import annotations

from Crypto.Hash import keccak


def keccak_256(data: bytes) -> bytes:
    """The 32-byte Keccak-256 digest."""
    return keccak.new(data=data, digest_bits=256).digest()
