"""Envelope encryption, the portal's one way of sealing a value.

A `DataKey` is 32 random bytes, stored wrapped by the key provider. Values are sealed with AES-256-GCM (NIST SP
800-38D) under a data key and bound to a *context*, a string that says what and where the value is, so that a sealed
value moved to another row or column does not open. Destroying a data key erases everything sealed under it.

Sealed form: one version byte, a 12-byte random nonce, ciphertext with its 16-byte tag.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.core.keys import secret

VERSION = b"\x01"
NONCE_BYTES = 12
OVERHEAD_BYTES = len(VERSION) + NONCE_BYTES + 16


class SealBroken(ApplicationError):
    """A sealed value was altered, moved, or belongs to another key."""

    status = 500


class Erased(ApplicationError):
    """The data key was destroyed: what it sealed no longer exists."""

    status = 410


def seal(key: bytes, plaintext: bytes, context: str) -> bytes:
    """Seal bytes under a 32-byte key, bound to a context."""
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plaintext, context.encode())


def seal_texts(key: bytes, texts: Iterable[tuple[str, str]]) -> list[bytes]:
    """Seal many texts under one key, each given with its context: as `seal_text` does one by one."""
    pairs = list(texts)
    nonces = os.urandom(NONCE_BYTES * len(pairs))
    encrypt = AESGCM(key).encrypt
    sealed = []
    for place, (text, context) in enumerate(pairs):
        nonce = nonces[place * NONCE_BYTES : (place + 1) * NONCE_BYTES]
        sealed.append(VERSION + nonce + encrypt(nonce, text.encode(), context.encode()))
    return sealed


def unseal(key: bytes, sealed: bytes | memoryview, context: str) -> bytes:
    """Open what `seal` made; raises `SealBroken` when the key, the context or a single bit differs."""
    return _opened(AESGCM(key), sealed, context)


def _opened(cipher: AESGCM, sealed: bytes | memoryview, context: str) -> bytes:
    sealed = bytes(sealed)
    if sealed[:1] != VERSION or len(sealed) < OVERHEAD_BYTES:
        raise SealBroken(_("A sealed value has an unknown form."))
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return cipher.decrypt(nonce, body, context.encode())
    except InvalidTag as error:
        raise SealBroken(_("A sealed value does not open: it was altered or belongs elsewhere.")) from error


def unseal_texts(key: bytes, sealed: Iterable[tuple[bytes | memoryview, str]]) -> list[str]:
    """Open many texts under one key, each given with its context: as `unseal_text` does one by one."""
    cipher = AESGCM(key)
    return [_opened(cipher, text, context).decode() for text, context in sealed]


def seal_text(key: bytes, text: str, context: str) -> bytes:
    return seal(key, text.encode(), context)


def unseal_text(key: bytes, sealed: bytes | memoryview, context: str) -> str:
    return unseal(key, sealed, context).decode()


def seal_json(key: bytes, value: Any, context: str) -> bytes:
    """Seal a JSON value; keys keep their order."""
    return seal(key, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), context)


def unseal_json(key: bytes, sealed: bytes | memoryview, context: str) -> Any:
    return json.loads(unseal(key, sealed, context))


def match_key(type_code: str, canonical: str) -> bytes:
    """The keyed fingerprint by which an identifier is found again: HMAC-SHA-256 over type and canonical value.

    Without the secret `match`, a stolen database does not reveal, or let anyone test, a value.
    """
    return match_keys([(type_code, canonical)])[0]


def match_keys(values: Iterable[tuple[str, str]]) -> list[bytes]:
    """The fingerprint of each (type code, canonical value), as `match_key` makes them one by one.

    HMAC as RFC 2104 writes it: both hashes go on from where the key has brought them, which `hmac` itself, asked anew
    for each value, repeats.
    """
    inner, outer = _keyed(secret("match"))
    fingerprints = []
    for type_code, canonical in values:
        within = inner.copy()
        within.update(f"{type_code}\0{canonical}".encode())
        around = outer.copy()
        around.update(within.digest())
        fingerprints.append(around.digest())
    return fingerprints


@lru_cache(4)
def _keyed(key: bytes) -> tuple[hashlib._Hash, hashlib._Hash]:
    """The states of HMAC's two hashes once they have taken in the key."""
    block = key.ljust(hashlib.sha256().block_size, b"\0")
    return hashlib.sha256(bytes(byte ^ 0x36 for byte in block)), hashlib.sha256(bytes(byte ^ 0x5C for byte in block))
