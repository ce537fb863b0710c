"""Bytes to text: which encoding a file is in, and its text piece by piece."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from efc_portal.intake.reading.limits import CHUNK
from efc_portal.intake.reading.single_byte import ENOUGH, high_bytes, likeliest

# What people call an encoding, and Python's codec for it.
ENCODINGS = {
    "UTF-8": "utf-8",
    "UTF-16LE": "utf-16-le",
    "UTF-16BE": "utf-16-be",
    "Windows-1252": "cp1252",
    "Windows-1250": "cp1250",
    "Windows-1251": "cp1251",
    "Windows-1253": "cp1253",
    "Windows-1254": "cp1254",
    "Windows-1257": "cp1257",
    "ISO-8859-1": "iso8859-1",
    "ISO-8859-2": "iso8859-2",
    "ISO-8859-5": "iso8859-5",
    "ISO-8859-7": "iso8859-7",
    "ISO-8859-9": "iso8859-9",
    "ISO-8859-15": "iso8859-15",
}
UNREADABLE = "\ufffd"  # stands for what the encoding does not know, and for NUL, which no text holds


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    stream.seek(0)
    while chunk := stream.read(CHUNK):
        yield chunk


def text_of(stream: BinaryIO, encoding: str) -> Iterator[str]:
    """The text without its byte order mark, with \\n at the end of lines."""
    decoder = codecs.getincrementaldecoder(ENCODINGS[encoding])("replace")
    newlines = io.IncrementalNewlineDecoder(decoder, translate=True)
    first = True
    for chunk in chunks(stream):
        text = newlines.decode(chunk)
        if first and text:
            text, first = text.removeprefix("\ufeff"), False
        if "\0" in text:
            text = text.replace("\0", UNREADABLE)
        if text:
            yield text
    if text := newlines.decode(b"", final=True):
        yield text


def utf_16_detect(head: bytes) -> str:
    """The encoding with two bytes a character that a file begins in, by its mark or its zero bytes; else nothing."""
    if head.startswith(codecs.BOM_UTF16_LE):
        return "UTF-16LE"
    if head.startswith(codecs.BOM_UTF16_BE):
        return "UTF-16BE"
    odd, even = head[1::2].count(0), head[::2].count(0)
    if max(odd, even) > len(head) // 8 and min(odd, even) <= len(head) // 100:
        return "UTF-16LE" if odd > even else "UTF-16BE"
    return ""


def encoding_detect(stream: BinaryIO, head: bytes) -> str:
    """The encoding of a text: by its byte order mark, else by where its zero bytes stand, else UTF-8 where all of it
    is, else the likeliest of those with one byte a character.
    """
    if head.startswith(codecs.BOM_UTF8):
        return "UTF-8"
    if wide := utf_16_detect(head):
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf_8, high = True, b""
    for chunk in chunks(stream):
        if chunk.isascii() and not decoder.getstate()[0]:
            continue
        if is_utf_8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf_8 = False
        if len(high) < ENOUGH:
            high += high_bytes(chunk)
        if not is_utf_8 and len(high) >= ENOUGH:
            break
    if is_utf_8 and not decoder.getstate()[0]:
        return "UTF-8"
    return likeliest(high[:ENOUGH], ENCODINGS)
