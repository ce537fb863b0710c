"""Files to read, made here: invented payment records, and streams that are produced while they are read."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Callable, Iterable
from typing import Any

from efc_portal.intake.reading import Dialect, InvalidFile, RawRow, Table, dialect_detect, table_open

IBAN = "DE89370400440532013000"
OTHER_IBAN = "FR1420041010050500013M02606"
WRONG_IBAN = "DE89370400440532013001"
CARD = "4111111111111111"  # the schemes' public test number
HEADER = "Identifier,Type,Part it plays,Amount,Currency,Date,Method,Country\n"


def opened(data: bytes, name: str = "rows.csv") -> tuple[Dialect, Table]:
    """A file as somebody would upload it: found out about, then opened."""
    stream = io.BytesIO(data)
    dialect = dialect_detect(stream, name)
    return dialect, table_open(stream, dialect)


def rows_of(data: bytes, name: str = "rows.csv") -> list[RawRow]:
    return list(opened(data, name)[1].rows())


def cells_of(data: bytes, name: str = "rows.csv") -> list[list[str]]:
    return [row.cells for row in rows_of(data, name)]


def as_json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def refusal(act: Callable[[], object]) -> InvalidFile:
    """The refusal that an act ends in: one whole sentence at least."""
    try:
        act()
    except InvalidFile as error:
        assert error.message.endswith((".", "…"))
        assert "%(" not in error.message
        return error
    raise AssertionError("it was read")


class Produced(io.RawIOBase):
    """A stream of some size that is nowhere: `head`, then `block` again and again, then `tail`. Counts what is read."""

    def __init__(self, block: bytes, times: int, *, head: bytes = b"", tail: bytes = b"") -> None:
        self._head, self._tail = head, tail
        self._repeats = max(65_536 // len(block), 1)  # a longer piece of the same, to cut from
        self._block, self._piece = block, block * (self._repeats + 1)
        self._body = len(block) * times
        self.size = len(head) + self._body + len(tail)
        self.place = self.bytes_read = 0
        self.is_known = False  # whether its dialect was found

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.place = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.place, io.SEEK_END: self.size}[whence]
        return self.place

    def tell(self) -> int:
        return self.place

    def read(self, size: int = -1) -> bytes:
        wanted = self.size - self.place if size < 0 else min(size, self.size - self.place)
        parts: list[bytes] = []
        while wanted > 0:
            part = self._at(self.place, wanted)
            parts.append(part)
            self.place += len(part)
            wanted -= len(part)
        data = b"".join(parts)
        self.bytes_read += len(data)
        return data

    def _at(self, place: int, wanted: int) -> bytes:
        if place < len(self._head):
            return self._head[place : place + wanted]
        if place < len(self._head) + self._body:
            start = (place - len(self._head)) % len(self._block)
            left = len(self._head) + self._body - place
            return self._piece[start : start + min(wanted, left, len(self._block) * self._repeats)]
        start = place - len(self._head) - self._body
        return self._tail[start : start + wanted]


def peak_of(act: Callable[[], object]) -> int:
    """How many bytes Python held at most while it did something, beyond what it held before."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def count(rows: Iterable[RawRow]) -> int:
    return sum(1 for _row in rows)
