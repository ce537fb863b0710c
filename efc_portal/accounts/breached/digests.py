"""A file of passwords that nobody can read back: the first 48 bits of each one's SHA-1, sorted.

Two bytes choose a bucket, four bytes are stored. An entry is found by looking into the file where it stands, so a file
of any size costs no memory. Building it reads the source once, line by line, and keeps the sizes of the buckets alone.

A password that is on no list is taken for one of it with a chance of *entries* ÷ 2^48: one in 280,000 with a billion
entries, one in 2.8 thousand million with the hundred thousand that come with the portal.

Layout: 8 bytes of magic, the number of entries (u64), the end of each of the 65,536 buckets (u32), the entries; all
big-endian.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import tempfile
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError

MAGIC = b"EFCBP\x01\0\0"
BUCKETS = 1 << 16
KEPT = 6  # bytes of the SHA-1
STORED = 4
MOST = (1 << 32) - 1
_HEAD = struct.Struct(">8sQ")
_ENDS = struct.Struct(f">{BUCKETS}I")
_START = _HEAD.size + _ENDS.size
_WRITE = 1 << 20  # bytes at once
_HEX = 40


def digest_of(password: str) -> bytes:
    return hashlib.sha1(password.encode(), usedforsecurity=False).digest()[:KEPT]


class DigestFile:
    """A file to look into. Raises `ApplicationError` when it is none, or not whole."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:  # empty
                raise _broken(path) from error
        magic, self.count = _HEAD.unpack_from(self._map) if len(self._map) >= _START else (b"", 0)
        if magic != MAGIC or len(self._map) != _START + self.count * STORED:
            raise _broken(path)

    def __contains__(self, digest: bytes) -> bool:
        bucket, wanted = int.from_bytes(digest[:2]), digest[2:KEPT]
        low, high = (self._end(bucket - 1) if bucket else 0), self._end(bucket)
        while low < high:
            middle = (low + high) // 2
            start = _START + middle * STORED
            found = self._map[start : start + STORED]
            if found == wanted:
                return True
            low, high = (middle + 1, high) if found < wanted else (low, middle)
        return False

    def _end(self, bucket: int) -> int:
        start = _HEAD.size + bucket * 4
        return int.from_bytes(self._map[start : start + 4])


def _broken(path: Path) -> ApplicationError:
    return ApplicationError(
        _("%(path)s is not a file of breached passwords, or not whole. Build it anew: breached_passwords_load."),
        path=path,
    )


def digests_write(path: Path, digests: Iterable[bytes]) -> int:
    """Write sorted digests to a file that takes the place of the one before it once it is whole; returns how many.

    Raises `ApplicationError` when they are not sorted, or there are none.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "wb") as file:
            count = _written(file, digests)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return count


def _written(file: BinaryIO, digests: Iterable[bytes]) -> int:
    sizes, count, before, buffer = [0] * BUCKETS, 0, b"", bytearray()
    file.seek(_START)
    for digest in digests:
        if digest <= before:
            if digest == before:
                continue
            raise ApplicationError(
                _("The list is not sorted by hash. Take the one that is “ordered by hash”, or sort it: LC_ALL=C sort.")
            )
        before = digest
        sizes[int.from_bytes(digest[:2])] += 1
        count += 1
        buffer += digest[2:]
        if len(buffer) >= _WRITE:
            file.write(buffer)
            buffer.clear()
    if not 0 < count <= MOST:
        raise ApplicationError(_("The list holds no passwords, or more than fit into a file."))
    file.write(buffer)
    file.seek(0)
    file.write(_HEAD.pack(MAGIC, count))
    file.write(_ENDS.pack(*accumulate(sizes)))
    return count


def digests_of_hashes(lines: Iterable[bytes], *, at_least: int = 1) -> Iterator[bytes]:
    """The digests of a list as “Have I Been Pwned” gives it out: `SHA-1 in hexadecimal:how often`, sorted.

    Leaves out what was seen less often than `at_least`. Raises `ApplicationError` with the number of a line that is
    none of such a list.
    """
    for number, line in enumerate(lines, 1):
        written, _colon, often = line.strip().partition(b":")
        if not written and not often:
            continue
        try:
            digest, seen = bytes.fromhex(written.decode()), int(often or 1)
        except ValueError:
            digest, seen = b"", 0
        if len(digest) * 2 != _HEX:
            raise ApplicationError(
                _("Line %(number)s is not the SHA-1 of a password. A line is 40 hexadecimal digits, “:”, a number."),
                number=number,
            )
        if seen >= at_least:
            yield digest[:KEPT]


def digests_of_passwords(lines: Iterable[bytes]) -> list[bytes]:
    """The digests of a list of passwords themselves, one on a line, sorted. Keeps them in memory meanwhile."""
    return sorted({digest_of(line.rstrip(b"\r\n").decode(errors="replace")) for line in lines if line.strip()})
