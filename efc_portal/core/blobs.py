"""Files of any size, encrypted as they stream.

A blob is cut into 64 KiB chunks, each sealed with AES-256-GCM under the object's data key with a nonce made of a
random prefix, a counter and a last-chunk flag (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár,
2015), so that chunks can be neither reordered nor dropped nor appended. Memory stays flat whatever the size.

Form: version byte, 7-byte nonce prefix, then chunks. A blob's name is random and says nothing.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.translation import gettext_lazy as _

from efc_portal.core.encryption import SealBroken
from efc_portal.core.models import DataKey

VERSION = b"\x01"
PREFIX_BYTES = 7
CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16


@dataclass(frozen=True)
class Blob:
    """What was written: the stored name, the plaintext's size in bytes and its SHA-256 in hex."""

    name: str
    size: int
    sha256: str


class DurableFileSystemStorage(FileSystemStorage):
    """A folder whose files are on the disk, not merely in its cache, before a name is given back."""

    def _save(self, name: str, content: File) -> str:
        saved: str = super()._save(name, content)  # type: ignore[misc]  # a storage's own hook
        path = Path(self.path(saved))
        for target in (path, path.parent):
            handle = os.open(target, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return saved


class _Stream(File):
    """Lets a storage read a generator of bytes once, as the chunks of a file."""

    def __init__(self, parts: Iterator[bytes], name: str) -> None:
        super().__init__(None, name)
        self._parts = parts

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        return self._parts


def storage() -> Storage:
    """Where blobs are stored."""
    return storages["blobs"]


def nonce_of(prefix: bytes, number: int, last: bool) -> bytes:
    """The nonce of a blob's chunk."""
    return prefix + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


def _rechunk(parts: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Equal chunks, each with whether it is the last; an empty stream is one empty last chunk."""
    waiting = b""
    for part in parts:
        waiting += part
        while len(waiting) > CHUNK_BYTES:
            yield waiting[:CHUNK_BYTES], False
            waiting = waiting[CHUNK_BYTES:]
    yield waiting, True


def blob_write(parts: Iterable[bytes], *, data_key: DataKey, context: str) -> Blob:
    """Encrypt and store a stream; raises whatever reading the stream raises, and then stores nothing."""
    digest, size = hashlib.sha256(), 0
    cipher, prefix = AESGCM(data_key.plain), os.urandom(PREFIX_BYTES)

    def sealed() -> Iterator[bytes]:
        nonlocal size
        yield VERSION + prefix
        for number, (chunk, last) in enumerate(_rechunk(parts)):
            digest.update(chunk)
            size += len(chunk)
            yield cipher.encrypt(nonce_of(prefix, number, last), chunk, context.encode())

    token = secrets.token_hex(16)
    name = f"{token[:2]}/{token[2:4]}/{token[4:]}"
    try:
        stored = storage().save(name, _Stream(sealed(), name))
    except BaseException:
        storage().delete(name)
        raise
    return Blob(stored, size, digest.hexdigest())


def blob_read(name: str, *, data_key: DataKey, context: str) -> Iterator[bytes]:
    """The plaintext of a blob, chunk by chunk. Raises `SealBroken` at the first altered or missing chunk."""
    cipher = AESGCM(data_key.plain)
    with storage().open(name, "rb") as file:
        head = file.read(1 + PREFIX_BYTES)
        if head[:1] != VERSION or len(head) != 1 + PREFIX_BYTES:
            raise SealBroken(_("A stored file has an unknown form."))
        chunk, number = _read_full(file), 0
        while True:
            following = _read_full(file)
            try:
                yield cipher.decrypt(nonce_of(head[1:], number, not following), chunk, context.encode())
            except InvalidTag as error:
                raise SealBroken(_("A stored file does not open: it was altered, cut short, or moved.")) from error
            if not following:
                return
            chunk, number = following, number + 1


def _read_full(file: File) -> bytes:
    """One sealed chunk, or what is left; a storage may give fewer bytes than asked."""
    wanted, parts = CHUNK_BYTES + TAG_BYTES, []
    while wanted and (part := file.read(wanted)):
        parts.append(part)
        wanted -= len(part)
    return b"".join(parts)


def blob_delete(name: str) -> None:
    """Remove a stored file; a name that is already gone is no error."""
    storage().delete(name)
