from __future__ import annotations

import pytest

from efc_portal.core.standards.keccak import keccak_256

# Keccak Code Package, ShortMsgKAT_256.txt, and the function signature everybody knows.
VECTORS = {
    b"": "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
    bytes.fromhex("cc"): "eead6dbfc7340a56caedc044696a168870549a6a7f6f56961e84a54bd9970b8a",
    bytes.fromhex("41fb"): "a8eaceda4d47b3281a795ad9e1ea2122b407baf9aabcb9e18b5717b7873537d2",
    b"testing": "5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02",
}


@pytest.mark.parametrize(("data", "digest"), VECTORS.items())
def test_vectors(data: bytes, digest: str) -> None:
    assert keccak_256(data).hex() == digest


def test_transfer_is_a9059cbb() -> None:
    assert keccak_256(b"transfer(address,uint256)").hex()[:8] == "a9059cbb"


@pytest.mark.parametrize("size", [134, 135, 136, 137, 271, 272, 300])
def test_every_length_around_a_block_has_its_own_digest(size: int) -> None:
    assert keccak_256(b"a" * size) != keccak_256(b"a" * (size + 1))
