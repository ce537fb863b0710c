"""A ZIP container read strictly: every byte belongs to exactly one entry, and every entry is what it says.

Ordinary ZIP readers look at the directory at the end and overlook the rest: bytes before, between and behind the
entries, local headers that say something else, entries that overlap, data after the end of a compressed stream. Here
each of these is a refusal, and nothing is unpacked beyond its declared size.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.limits import CHUNK_BYTES, MAX_UNPACKED, Deadline, too_complex
from efc_portal.core.content.refusals import SAVE_AS_CSV, Reason, RefusedContent, shown

MAX_ENTRIES = 2_000
MAX_RATIO = 200  # what a sheet of equal cells reaches is below 100; deflate's own limit is 1032
RATIO_FROM = 8 * 1024 * 1024  # unpacked bytes from which the ratio counts

_LOCAL = struct.Struct("<4s5H3I2H")
_END = struct.Struct("<4s4H2IH")
_END_64 = 56 + 20  # the ZIP64 end record and its locator
_NAME = re.compile(r"[^\x00-\x1f\x7f\\:*?\"<>|]+")
_FLAG_ENCRYPTED = 0x1 | 0x40 | 0x2000
_FLAG_DESCRIPTOR = 0x8
_DESCRIPTORS = (12, 16, 20, 24)
_MAX_EXTRA = 4096  # bytes of extra fields; Excel pads with a few hundred


@dataclass(frozen=True)
class Entry:
    """A file in the container: its name and where its packed bytes are."""

    name: str
    start: int
    packed: int
    size: int
    crc: int
    deflated: bool


class Container:
    """The entries of a ZIP file. Making one proves its layout; `read` proves an entry's content.

    `limit` is how many bytes it may unpack to.
    """

    def __init__(self, stream: BinaryIO, deadline: Deadline, *, limit: int = MAX_UNPACKED) -> None:
        self._stream, self._deadline, self._limit = stream, deadline, limit
        self.entries = {entry.name: entry for entry in self._layout()}

    def read(self, entry: Entry) -> Iterator[bytes]:
        """The unpacked bytes of an entry, piece by piece."""
        unpack = zlib.decompressobj(-zlib.MAX_WBITS) if entry.deflated else None
        crc, size, left, position = 0, 0, entry.packed, entry.start
        while left:
            self._deadline.check()
            self._stream.seek(position)
            packed = self._stream.read(min(CHUNK_BYTES, left))
            if not packed:
                raise _broken()
            left -= len(packed)
            position += len(packed)
            while packed:
                try:
                    data = unpack.decompress(packed, CHUNK_BYTES) if unpack else packed
                except zlib.error as error:
                    raise _broken() from error
                packed = unpack.unconsumed_tail if unpack else b""
                size += len(data)
                if size > entry.size or (unpack and unpack.unused_data):
                    raise _broken()
                crc = zlib.crc32(data, crc)
                yield data
        if unpack:
            tail = unpack.flush()
            size += len(tail)
            crc = zlib.crc32(tail, crc)
            yield tail
        if size != entry.size or crc != entry.crc or (unpack and not unpack.eof):
            raise _broken()

    def _layout(self) -> list[Entry]:
        try:
            with zipfile.ZipFile(self._stream) as archive:
                listed = sorted(archive.infolist(), key=lambda info: info.header_offset)
                directory, comment = archive.start_dir, archive.comment
        except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, EOFError) as error:
            raise _broken() from error
        if len(listed) > MAX_ENTRIES or sum(info.file_size for info in listed) > self._limit:
            raise too_complex()
        if len({info.filename.lower() for info in listed}) < len(listed):
            raise _unsound(_("“%(file)s” holds two parts of the same name."))
        expected, entries = 0, []
        for info, following in zip(listed, [*(i.header_offset for i in listed[1:]), directory], strict=True):
            entry, end = self._entry(info, expected)
            gap = following - end
            if gap and not (info.flag_bits & _FLAG_DESCRIPTOR and gap in _DESCRIPTORS):
                raise _hidden()
            expected = following
            if not info.is_dir():
                entries.append(entry)
        self._end_check(directory, len(comment))
        return entries

    def _entry(self, info: zipfile.ZipInfo, expected: int) -> tuple[Entry, int]:
        """The entry, and where its packed bytes end."""
        if info.flag_bits & _FLAG_ENCRYPTED:
            raise RefusedContent(
                Reason.ENCRYPTED,
                _("“%(file)s” is protected with a password, so the portal cannot check it."),
                _("Remove the password and attach it again: the portal encrypts every attachment itself."),
            )
        name = info.filename
        parts = name.rstrip("/").split("/")
        if not _NAME.fullmatch(name) or "" in parts or ".." in parts or "." in parts:
            raise _unsound(_("“%(file)s” holds a part with an impossible name (%(part)s)."), name)
        if info.header_offset != expected or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _hidden()
        if info.comment or len(info.extra) > _MAX_EXTRA or (info.is_dir() and info.file_size):
            raise _hidden()
        if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise too_complex()
        self._stream.seek(info.header_offset)
        raw = self._stream.read(_LOCAL.size)
        if len(raw) < _LOCAL.size:
            raise _broken()
        magic, _version, flags, method, *_times_and_sizes, name_length, extra_length = _LOCAL.unpack(raw)
        local_name = self._stream.read(name_length)
        if magic != b"PK\x03\x04" or method != info.compress_type or not _same_name(local_name, info):
            raise _hidden()
        if flags & _FLAG_ENCRYPTED or extra_length > _MAX_EXTRA:
            raise _hidden()
        start = info.header_offset + _LOCAL.size + name_length + extra_length
        deflated = info.compress_type == zipfile.ZIP_DEFLATED
        entry = Entry(name, start, info.compress_size, info.file_size, info.CRC, deflated)
        return entry, start + info.compress_size

    def _end_check(self, directory: int, comment_length: int) -> None:
        """The directory runs from the last entry to the end record, and that ends the file."""
        size = self._stream.seek(0, 2)
        self._stream.seek(size - _END.size)
        magic, *_counts, directory_size, _offset, length = _END.unpack(self._stream.read(_END.size))
        between = size - _END.size - directory
        if directory_size == 0xFFFFFFFF:
            directory_size = between - _END_64
        if comment_length or magic != b"PK\x05\x06" or length or between - directory_size not in (0, _END_64):
            raise _hidden()


def _same_name(local: bytes, info: zipfile.ZipInfo) -> bool:
    original = info.orig_filename
    encodings = ("utf-8",) if info.flag_bits & 0x800 else ("cp437", "utf-8")
    return any(local == _encoded(original, encoding) for encoding in encodings)


def _encoded(text: str, encoding: str) -> bytes | None:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def _broken() -> RefusedContent:
    return RefusedContent(
        Reason.MALFORMED, _("“%(file)s” is damaged: it does not unpack to what it says it holds."), SAVE_AS_CSV
    )


def _hidden() -> RefusedContent:
    return RefusedContent(
        Reason.POLYGLOT, _("“%(file)s” holds bytes that belong to no part of the workbook."), SAVE_AS_CSV
    )


def _unsound(sentence: object, part: str = "") -> RefusedContent:
    return RefusedContent(Reason.MALFORMED, sentence, SAVE_AS_CSV, part=shown(part))
