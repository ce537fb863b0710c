"""The door for files of rows: what is kept of the bytes that come in.

A file is sealed while it arrives; nothing of it lies on a disk in the clear, and nothing is read twice. Card numbers in
text are truncated on the way. A workbook is a container that cannot be rewritten as it streams: it is kept as it came,
and refused when it is read and holds any.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from efc_portal.core.content.cards import Cards
from efc_portal.core.content.json_text import rewritten
from efc_portal.core.content.signatures import HEAD_BYTES
from efc_portal.intake.reading.encoding import ENCODINGS, utf_16_detect

_CONTAINERS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")  # ZIP, and what a password makes of a workbook
_JSON = re.compile(r"\ufeff?\s*[{\[]")  # what is read as JSON afterwards is taken as JSON here


class Door:
    """One file coming in. `truncated` counts the card numbers that were cut, once `kept` has run to its end."""

    def __init__(self) -> None:
        self._cards = Cards()

    @property
    def truncated(self) -> int:
        return self._cards.count

    def kept(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """The bytes to keep. Raises `RefusedContent` for what begins as JSON and is none."""
        pieces = iter(parts)
        head = b""
        while len(head) < HEAD_BYTES and (piece := next(pieces, b"")):
            head += piece
        whole = chain((head,), pieces) if head else pieces
        if head.startswith(_CONTAINERS):
            yield from whole
            return
        encoding = _encoding_of(head)
        errors = "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"
        text = _decoded(whole, encoding, errors)
        start = head.decode(encoding, "ignore")
        cut = self._json(text) if _JSON.match(start) else self._cards.stream(text)
        for characters in cut:
            if characters:
                yield characters.encode(encoding, errors)

    def _json(self, text: Iterator[str]) -> Iterator[str]:
        first = next(text, "")
        if first.startswith("\ufeff"):
            yield "\ufeff"
            first = first[1:]
        yield from rewritten(chain((first,), text), self._cards, several=True)


def _decoded(parts: Iterable[bytes], encoding: str, errors: str) -> Iterator[str]:
    """The text; bytes that do not fit the encoding stand in it as they are, so that any single-byte encoding passes."""
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for part in parts:
        yield decoder.decode(part)
    yield decoder.decode(b"", final=True)


def _encoding_of(head: bytes) -> str:
    """Python's codec. Which one it is, is asked as it is when the file is read: else digits would be passed over."""
    return ENCODINGS[utf_16_detect(head[:HEAD_BYTES]) or "UTF-8"]
