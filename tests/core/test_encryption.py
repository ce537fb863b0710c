from __future__ import annotations

import hashlib
import hmac
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.core.encryption import (
    OVERHEAD_BYTES,
    SealBroken,
    match_key,
    match_keys,
    seal_text,
    seal_texts,
    unseal_text,
    unseal_texts,
)
from efc_portal.core.keys import secret
from efc_portal.core.models import DataKey

TEXTS = st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8"))), max_size=6)


@given(TEXTS)
def test_fingerprints_are_hmac_sha256(values: list[tuple[str, str]]) -> None:
    wanted = [
        hmac.digest(secret("match"), code.encode() + b"\0" + canonical.encode(), "sha256") for code, canonical in values
    ]
    assert match_keys(values) == wanted == [match_key(*value) for value in values]


def test_a_longer_block_is_no_secret_of_its_own() -> None:
    """The vector of RFC 4231, 4.3, by the same steps: a key shorter than a block."""
    from efc_portal.core.encryption import _keyed

    inner, outer = (state.copy() for state in _keyed(b"Jefe"))
    inner.update(b"what do ya want for nothing?")
    outer.update(inner.digest())
    assert outer.hexdigest() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert hmac.new(b"Jefe", b"what do ya want for nothing?", hashlib.sha256).hexdigest() == outer.hexdigest()


@given(TEXTS)
def test_many_seals_open_like_single_ones(texts: list[tuple[str, str]]) -> None:
    key = secrets.token_bytes(32)
    sealed = seal_texts(key, texts)
    for (text, context), one in zip(texts, sealed, strict=True):
        assert unseal_text(key, one, context) == text
        assert len(one) == len(seal_text(key, text, context)) == len(text.encode()) + OVERHEAD_BYTES
        with pytest.raises(SealBroken):
            unseal_text(key, one, context + "x")
        with pytest.raises(SealBroken):
            unseal_texts(key, [(one, context), (one, context + "x")])
    contexts = [context for _text, context in texts]
    assert unseal_texts(key, zip(sealed, contexts, strict=True)) == [text for text, _context in texts]


def test_each_of_many_seals_has_a_nonce_of_its_own() -> None:
    data_key = DataKey.new("identifiers")
    sealed = data_key.seal_texts([("the same", "the same place")] * 500)
    assert len({one[1:13] for one in sealed}) == 500
    assert data_key.unseal_text(sealed[7], "the same place") == "the same"
    assert data_key.seal_texts([]) == []
