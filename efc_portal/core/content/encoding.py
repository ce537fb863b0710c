"""Which text encoding a file is in, proven from its first byte to its last."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.limits import CHUNK_BYTES
from efc_portal.core.content.refusals import Reason, RefusedContent
from efc_portal.core.content.signatures import hidden_within


@dataclass(frozen=True)
class Encoding:
    """A codec, the byte order mark that stands before the text, and the name people know it by."""

    codec: str
    mark: bytes
    name: str


UTF_8 = Encoding("utf-8", b"", "UTF-8")
UTF_8_MARKED = Encoding("utf-8", codecs.BOM_UTF8, "UTF-8-BOM")
UTF_16_LE = Encoding("utf-16-le", codecs.BOM_UTF16_LE, "UTF-16LE")
UTF_16_BE = Encoding("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16BE")
WINDOWS_1252 = Encoding("cp1252", b"", "Windows-1252")
ENCODINGS = {e.name: e for e in (UTF_8, UTF_8_MARKED, UTF_16_LE, UTF_16_BE, WINDOWS_1252)}

SAVE_AS_UTF_8 = _("Save it again as text in UTF-8 (in Excel: “CSV UTF-8”), and attach this.")

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The whole stream from its start, piece by piece."""
    stream.seek(0)
    while chunk := stream.read(CHUNK_BYTES):
        yield chunk


def encoding_of(stream: BinaryIO, head: bytes) -> Encoding:
    """The encoding of a text: by its byte order mark, else UTF-8 where all of it is, else Windows-1252."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise RefusedContent(Reason.ENCODING, _("“%(file)s” is in UTF-32."), SAVE_AS_UTF_8)
    for encoding in (UTF_8_MARKED, UTF_16_LE, UTF_16_BE):
        if head.startswith(encoding.mark):
            return encoding
    candidates = [(e, codecs.getincrementaldecoder(e.codec)()) for e in (UTF_8, WINDOWS_1252)]
    for chunk in chunks(stream):
        candidates = [(e, decoder) for e, decoder in candidates if _decodes(decoder, chunk)]
    candidates = [(e, decoder) for e, decoder in candidates if _decodes(decoder, b"", final=True)]
    if not candidates:
        raise RefusedContent(
            Reason.ENCODING, _("“%(file)s” is neither UTF-8 nor UTF-16 nor Windows-1252 text."), SAVE_AS_UTF_8
        )
    return candidates[0][0]


def _decodes(decoder: codecs.IncrementalDecoder, data: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(data, final)
    except UnicodeDecodeError:
        return False
    return True


def decoded(stream: BinaryIO, encoding: Encoding) -> Iterator[str]:
    """The text without its byte order mark. Refuses control characters and broken sequences, naming the line."""
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    skip, lines = len(encoding.mark), 1
    wide = encoding.codec.startswith("utf-16")
    for chunk in chunks(stream):
        if wide and hidden_within(chunk) is not None:
            raise RefusedContent(
                Reason.UNKNOWN, _("“%(file)s” begins like UTF-16 text, but holds something else."), SAVE_AS_UTF_8
            )
        text = _decode(decoder, chunk[skip:], encoding, lines)
        skip = 0
        if (control := _CONTROL.search(text)) is not None:
            raise RefusedContent(
                Reason.CONTROL,
                _("Line %(line)s of “%(file)s” has a control character (U+%(code)s), which text does not have."),
                SAVE_AS_UTF_8,
                line=lines + text.count("\n", 0, control.start()),
                code=f"{ord(control.group(0)):04X}",
            )
        lines += text.count("\n")
        yield text
    _decode(decoder, b"", encoding, lines, final=True)


def _decode(
    decoder: codecs.IncrementalDecoder, data: bytes, encoding: Encoding, line: int, *, final: bool = False
) -> str:
    try:
        return decoder.decode(data, final)
    except UnicodeDecodeError as error:
        raise RefusedContent(
            Reason.ENCODING,
            _("“%(file)s” says that it is %(encoding)s, but what stands in line %(line)s or further down is not."),
            SAVE_AS_UTF_8,
            encoding=encoding.name,
            line=line,
        ) from error
