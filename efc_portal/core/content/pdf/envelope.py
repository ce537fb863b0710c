"""A PDF as bytes, before anything parses it: where it begins and ends, what lies in its streams.

A parser follows the cross-reference table and sees only what that names. Here every stream that is physically in the
file is looked at, so that nothing comes in with it that no page shows, and nothing is handed to the parser that
unpacks without end.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.limits import Deadline, too_complex
from efc_portal.core.content.pdf.refusals import file_inside, not_text, picture
from efc_portal.core.content.refusals import PRINT_TO_PDF, Reason, RefusedContent
from efc_portal.core.content.signatures import Family, Foreign, hidden_within, recognise_hidden

MAX_OBJECTS = 200_000
MAX_STREAM = 64 * 1024 * 1024  # bytes one stream unpacks to
MAX_STREAMS = 200 * 1024 * 1024  # bytes all of them do

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OBJECT = re.compile(rb"\b[0-9]+[\s\0]+[0-9]+[\s\0]+obj\b")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_DICTIONARY_BYTES = 16 * 1024
_WHITE = b"\x00\t\n\x0c\r "
_PICTURE = re.compile(
    rb"/Subtype[\s\0]*/Image\b|/(?:DCT|JPX|JBIG2|CCITTFax)Decode\b|/Filter[\s\0]*+\[?[\s\0]*+/(?:DCT|CCF)\b"
)
_FILE = re.compile(rb"/Type[\s\0]*/EmbeddedFile\b|/Subtype[\s\0]*/(?:U3D|PRC)\b")
_UNUSUAL = re.compile(rb"/Filter[^/\]>]*?[0-9][\s\0]+[0-9]+[\s\0]+R\b|/LZW(?:Decode)?\b|/Crypt\b")
_COUNTS = re.compile(rb"/(?:N|Size)[\s\0]+([0-9]{1,12})\b")
_PIECE = 1024 * 1024


def envelope_check(data: bytes, deadline: Deadline) -> None:
    """Refuse a PDF with something before, behind or hidden in it."""
    end = data.rfind(b"%%EOF")
    if not re.match(rb"%PDF-[12]\.[0-9]", data) or end < 0:
        raise RefusedContent(Reason.MALFORMED, _("“%(file)s” is a damaged PDF: its end is missing."), PRINT_TO_PDF)
    if data[end + 5 :].strip(_WHITE):
        raise RefusedContent(Reason.POLYGLOT, _("“%(file)s” holds something behind the end of the PDF."), PRINT_TO_PDF)
    if zipfile.is_zipfile(io.BytesIO(data)):
        raise RefusedContent(Reason.POLYGLOT, _("“%(file)s” is a PDF and a ZIP archive at once."), PRINT_TO_PDF)
    if sum(1 for _found in _OBJECT.finditer(data)) > MAX_OBJECTS:
        raise too_complex()
    _foreign_check(hidden_within(data))
    unpacked = listed = 0
    for dictionary, body in _streams(data):
        deadline.check()
        listed += _dictionary_check(dictionary)
        unpacked += _body_check(body, MAX_STREAMS - unpacked)
        if listed > MAX_OBJECTS * 5:
            raise too_complex()


def _streams(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Each stream's dictionary as text (names unescaped) and its bytes."""
    view = memoryview(data)
    position = 0
    while (found := _STREAM.search(data, position)) is not None:
        begun = data.rfind(b"obj", max(position, found.start() - _DICTIONARY_BYTES), found.start())
        end = data.find(b"endstream", found.end())
        end = len(data) if end < 0 else end
        dictionary = data[max(begun, position) : found.start()]
        yield _ESCAPED.sub(lambda code: bytes([int(code.group(1), 16)]), dictionary), view[found.end() : end]
        position = end


def _dictionary_check(dictionary: bytes) -> int:
    """Refuse by what a stream says it is; returns how many objects or entries it lists."""
    if _PICTURE.search(dictionary):
        raise picture()
    if _FILE.search(dictionary):
        raise file_inside()
    if _UNUSUAL.search(dictionary):
        raise not_text()
    if b"/ObjStm" in dictionary or b"/XRef" in dictionary:
        return sum(int(count) for count in _COUNTS.findall(dictionary))
    return 0


def _body_check(body: memoryview, allowed: int) -> int:
    """Refuse by what a stream holds, packed and unpacked; returns its unpacked size."""
    _foreign_check(recognise_hidden(bytes(body[:1024])))
    if len(body) < 2 or body[0] & 0x0F != 8 or (body[0] << 8 | body[1]) % 31:
        return len(body)
    unpack = zlib.decompressobj()
    size, packed, before = 0, bytes(body), b""
    while packed and not unpack.eof:
        try:
            piece = unpack.decompress(packed, _PIECE)
        except zlib.error:
            break  # damaged, or no zlib data at all: the parser decides what it is
        if size == 0:
            _foreign_check(recognise_hidden(piece[:1024]))
            if piece.startswith(b"%PDF-"):
                raise file_inside()
        _foreign_check(hidden_within(before + piece))
        before = piece[-64:]
        size += len(piece)
        if size > min(MAX_STREAM, allowed):
            raise too_complex()
        packed = unpack.unconsumed_tail
    return size


def _foreign_check(found: Foreign | None) -> None:
    if found is None or found.family is Family.PRINTER:  # fonts and character maps begin like PostScript
        return
    if found.family is Family.IMAGE:
        raise picture()
    raise file_inside(what=found.name)
