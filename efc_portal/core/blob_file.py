"""A stored file as a stream that can be read anywhere, opened chunk by chunk.

A chunk's nonce holds its number and whether it is the last, so each can be opened by itself; what was cut off the end
shows as soon as the last chunk is read.
"""

from __future__ import annotations

import io

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext_lazy as _

from efc_portal.core.blobs import CHUNK_BYTES, PREFIX_BYTES, TAG_BYTES, VERSION, nonce_of, storage
from efc_portal.core.encryption import SealBroken
from efc_portal.core.models import DataKey

_HEAD_BYTES = len(VERSION) + PREFIX_BYTES
_SEALED_BYTES = CHUNK_BYTES + TAG_BYTES


class BlobFile(io.RawIOBase):
    """The plaintext of a blob; never more than one chunk of it is held.

    Raises `SealBroken` when a chunk that is read was altered, moved, or is missing.
    """

    def __init__(self, name: str, *, data_key: DataKey, context: str) -> None:
        super().__init__()
        self._file = storage().open(name, "rb")
        self._cipher, self._context = AESGCM(data_key.plain), context.encode()
        sealed = self._file.size - _HEAD_BYTES
        head = self._file.read(_HEAD_BYTES)
        if head[:1] != VERSION or sealed < TAG_BYTES:
            raise SealBroken(_("A stored file has an unknown form."))
        self._prefix = head[1:]
        self._last = (sealed - 1) // _SEALED_BYTES
        self.size = sealed - (self._last + 1) * TAG_BYTES
        self._place, self._number, self._chunk = 0, -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # whatever `io` hands in can be written to
        if self._place >= self.size:
            return 0
        number, start = divmod(self._place, CHUNK_BYTES)
        if number != self._number:
            self._chunk, self._number = self._opened(number), number
        part = self._chunk[start : start + len(buffer)]
        buffer[: len(part)] = part
        self._place += len(part)
        return len(part)

    def _opened(self, number: int) -> bytes:
        self._file.seek(_HEAD_BYTES + number * _SEALED_BYTES)
        sealed = b""
        while len(sealed) < _SEALED_BYTES and (part := self._file.read(_SEALED_BYTES - len(sealed))):
            sealed += part
        try:
            return self._cipher.decrypt(nonce_of(self._prefix, number, number == self._last), sealed, self._context)
        except InvalidTag as error:
            raise SealBroken(_("A stored file does not open: it was altered, cut short, or moved.")) from error

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def blob_open(name: str, *, data_key: DataKey, context: str) -> io.BufferedReader:
    """A stored file for reading, from anywhere in it; close it in the end. Raises as `BlobFile` does."""
    return io.BufferedReader(BlobFile(name, data_key=data_key, context=context), CHUNK_BYTES)
