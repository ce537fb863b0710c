"""The door for attachments: what a file is, proven by its content, and whether it may come in.

`inspect` decides and `clean` gives the bytes to keep. Neither trusts the name, the browser's word or the order of
calls: everything that is not proven to be CSV, XLSX, PDF, TXT, JSON or XML without pictures, recordings, other files
or anything active is refused with a sentence.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content import encoding as encodings
from efc_portal.core.content import foreign, json_text, pdf, text, xlsx, xml_text
from efc_portal.core.content.cards import Cards
from efc_portal.core.content.embedded import watched
from efc_portal.core.content.encoding import Encoding, chunks, decoded
from efc_portal.core.content.kinds import AttachmentKind
from efc_portal.core.content.limits import MAX_BYTES, Deadline
from efc_portal.core.content.names import display_name, ending_check, ending_of
from efc_portal.core.content.refusals import Reason, RefusedContent
from efc_portal.core.content.signatures import HEAD_BYTES, recognise


@dataclass(frozen=True)
class Inspection:
    """What an attachment was found to be.

    `size` (bytes) and `sha256` (hex) are of the content as it will be kept, which is what `clean` yields. Where card
    numbers were truncated, no hash of the untruncated file is given: six missing digits are guessed from one.
    """

    kind: AttachmentKind
    size: int
    sha256: str
    encoding: str | None  # of text kinds: UTF-8, UTF-8-BOM, UTF-16LE, UTF-16BE or Windows-1252
    pans: int  # card numbers truncated
    filename: str  # safe to show, and to offer for download


def inspect(stream: BinaryIO, *, filename: str, limit: int = MAX_BYTES) -> Inspection:
    """Say what the content of `stream` is, or raise `RefusedContent` with a sentence for the person who sent it.

    The stream must be seekable: it is read several times from its start, piece by piece, and left anywhere. `limit`
    is in bytes.
    """
    name = display_name(filename)
    try:
        return _inspected(stream, name, limit)
    except RefusedContent as refusal:
        refusal.about(name)
        raise


def clean(stream: BinaryIO, inspection: Inspection) -> Iterator[bytes]:
    """The content to keep: text with full card numbers truncated, XLSX and PDF as they are.

    Raises `ValueError` at the end when the stream is not the one that was inspected: who stores the bytes must then
    throw them away.
    """
    digest = hashlib.sha256()
    if inspection.encoding is None:
        kept: Iterator[bytes] = chunks(stream)
    else:
        encoding = encodings.ENCODINGS[inspection.encoding]
        kept = _kept(stream, inspection.kind, encoding, Cards(), Deadline(inspection.size))
    for chunk in kept:
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != inspection.sha256:
        raise ValueError("The stream is not the one that was inspected.")


def _inspected(stream: BinaryIO, name: str, limit: int) -> Inspection:
    size = stream.seek(0, io.SEEK_END)
    if size == 0:
        raise RefusedContent(Reason.EMPTY, _("“%(file)s” is empty."), _("Choose the file again."))
    if size > limit:
        raise _too_large(limit)
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    deadline = Deadline(size)
    if head.startswith(b"%PDF-"):
        ending_check(name, AttachmentKind.PDF)
        pdf.check(stream, deadline)
        return _as_sent(stream, AttachmentKind.PDF, name)
    if xlsx.is_workbook(stream, head):
        ending_check(name, AttachmentKind.XLSX)
        xlsx.check(stream, deadline)
        return _as_sent(stream, AttachmentKind.XLSX, name)
    if (found := recognise(head)) is not None:
        raise foreign.refusal(found, stream)
    return _text_inspected(stream, head, name, deadline)


def _text_inspected(stream: BinaryIO, head: bytes, name: str, deadline: Deadline) -> Inspection:
    foreign.text_check(head)
    encoding = encodings.encoding_of(stream, head)
    start = head[len(encoding.mark) :].decode(encoding.codec, "ignore")
    begins = start.lstrip()[:1]
    ending = ending_of(name)
    if begins in ("{", "["):
        structured = AttachmentKind.JSON
    elif begins == "<":
        structured = AttachmentKind.XML
        foreign.web_page_check(start)
        encoding = foreign.xml_encoding(encoding, xml_text.declared_encoding(start))
    else:
        structured = None
    if structured is not None:
        try:
            inspection = _read(stream, structured, encoding, name, deadline)
        except RefusedContent as refusal:
            if ending == f".{structured.value}" or refusal.reason is not Reason.MALFORMED:
                raise  # what calls itself JSON or XML is told where it breaks; other text may well begin like it
        else:
            ending_check(name, structured)
            return inspection
    foreign.web_page_check(start)
    kind = AttachmentKind.CSV if ending == ".csv" else AttachmentKind.TXT
    ending_check(name, kind)
    if kind is AttachmentKind.CSV:
        text.table_check(decoded(stream, encoding))
    return _read(stream, kind, encoding, name, deadline)


def _read(stream: BinaryIO, kind: AttachmentKind, encoding: Encoding, name: str, deadline: Deadline) -> Inspection:
    """Go through a text once, proving it and counting what `clean` will truncate."""
    cards, digest, size = Cards(), hashlib.sha256(), 0
    for chunk in _kept(stream, kind, encoding, cards, deadline, guard=watched):
        digest.update(chunk)
        size += len(chunk)
    return Inspection(kind, size, digest.hexdigest(), encoding.name, cards.count, name)


def _kept(
    stream: BinaryIO,
    kind: AttachmentKind,
    encoding: Encoding,
    cards: Cards,
    deadline: Deadline,
    guard: Callable[[Iterable[str]], Iterable[str]] = lambda text: text,
) -> Iterator[bytes]:
    """The bytes of a text as they are kept, in its own encoding."""
    characters = guard(decoded(stream, encoding))
    if kind is AttachmentKind.JSON:
        rewritten = json_text.rewritten(characters, cards)
    elif kind is AttachmentKind.XML:
        rewritten = xml_text.rewritten(characters, cards, deadline)
    else:
        rewritten = cards.stream(characters)
    if encoding.mark:
        yield encoding.mark
    for part in rewritten:
        deadline.check()
        yield part.encode(encoding.codec)


def _as_sent(stream: BinaryIO, kind: AttachmentKind, name: str) -> Inspection:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks(stream):
        digest.update(chunk)
        size += len(chunk)
    return Inspection(kind, size, digest.hexdigest(), None, 0, name)


def _too_large(limit: int) -> RefusedContent:
    return RefusedContent(
        Reason.TOO_LARGE,
        _("“%(file)s” is larger than %(limit)s MB."),
        _("Split it into smaller files, and attach them one by one."),
        limit=limit // (1024 * 1024),
    )
