"""The ZIP inside the encryption, made while it is read.

A ZIP, because every desktop opens one without installing anything. Its files are stored, not compressed: PDF and
XLSX are compressed already, stored bytes are the same on every machine, and nothing in it can be a decompression
bomb. Times are the content's one moment, so the same content gives the same archive.

Nothing is ever whole in memory or on disk: `ArchiveReader.read` pulls the next piece from the files.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

CHUNK_BYTES = 256 * 1024
_READABLE_BY_OWNER = 0o100600 << 16


class _Sink:
    """Where `zipfile` writes: kept until it is taken. It cannot seek, so sizes follow each file."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def take(self) -> bytes:
        taken = b"".join(self._parts)
        self._parts.clear()
        return taken


def _pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    for part in parts:
        view = memoryview(part)
        for start in range(0, len(view), CHUNK_BYTES):
            yield bytes(view[start : start + CHUNK_BYTES])


def archive_parts(files: Iterable[tuple[str, int, Iterable[bytes]]], *, folder: str, at: datetime) -> Iterator[bytes]:
    """The archive of (path, size in bytes, parts), in order, under one folder."""
    sink: Any = _Sink()
    at = at.astimezone(UTC)
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for path, size, parts in files:
            info = zipfile.ZipInfo(f"{folder}/{path}", (at.year, at.month, at.day, at.hour, at.minute, at.second))
            info.external_attr = _READABLE_BY_OWNER
            info.create_system = 3
            info.file_size = size
            with archive.open(info, "w") as member:
                for piece in _pieces(parts):
                    member.write(piece)
                    yield sink.take()
    yield sink.take()


class ArchiveReader:
    """A stream of bytes as a file that can only be read. What goes wrong in the stream is kept in `error`.

    pyrage turns an exception of its reader into a text of its own; the caller raises `error` instead.
    """

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._waiting = memoryview(b"")
        self.error: BaseException | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._waiting:
                part = next(self._parts, None)
                if part is None:
                    return b""
                self._waiting = memoryview(part)
        except BaseException as error:
            self.error = error
            raise
        taken, self._waiting = self._waiting[:size], self._waiting[size:]
        return bytes(taken)


class CountingWriter:
    """Writes to `out`, and tells how many bytes went and what `digest` they have.

    pyrage does not report an error of its last write, so errors are kept for the caller to raise.
    """

    def __init__(self, write: Callable[[bytes], int | None], digest: Any) -> None:
        self._write = write
        self._digest = digest
        self.size = 0
        self.error: BaseException | None = None

    def write(self, data: bytes) -> int:
        left = memoryview(bytes(data))
        try:
            while left:
                written = self._write(left.tobytes())
                left = left[len(left) if written is None else written :]
        except BaseException as error:
            self.error = error
            raise
        self._digest.update(data)
        self.size += len(data)
        return len(data)

    def flush(self) -> None:
        """`out` is the caller's to flush."""
