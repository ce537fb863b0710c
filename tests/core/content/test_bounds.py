"""Memory stays flat whatever comes: the door reads streams, and stops what grows."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

import pytest

from efc_portal.core.content import Reason, RefusedContent, clean, inspect
from efc_portal.core.content.limits import Deadline
from tests.core.content.samples import CARD, CUT, repacked, workbook

MEGABYTE = 1024 * 1024
LONG = 16 * MEGABYTE
LIMIT = 1024 * MEGABYTE


class Endless(io.RawIOBase):
    """A file that is never in memory: `begin`, then `unit` over and over, then `end`."""

    def __init__(self, begin: bytes, unit: bytes, end: bytes, length: int = LONG) -> None:
        self._begin, self._unit, self._end = begin, unit, end
        self._length = length // len(unit) * len(unit)
        self._at = 0

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        total = len(self._begin) + self._length + len(self._end)
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: total}[whence]
        return self._at

    def read(self, size: int = -1) -> bytes:
        assert size > 0, "the whole file at once"
        start = self._at - len(self._begin)
        parts = [self._begin[self._at :]] if start < 0 else []
        inside = max(start, 0)
        wanted = min(size - sum(map(len, parts)), self._length - inside)
        if wanted > 0:
            skip = inside % len(self._unit)
            parts.append((self._unit * (wanted // len(self._unit) + 2))[skip : skip + wanted])
        read = b"".join(parts)
        if len(read) < size and inside + max(wanted, 0) >= self._length:
            read += self._end[max(start - self._length, 0) :]
        read = read[:size]
        self._at += len(read)
        return read


def endless(begin: bytes, unit: bytes, end: bytes = b"", length: int = LONG) -> BinaryIO:
    return cast(BinaryIO, Endless(begin, unit, end, length))


@contextmanager
def at_most(megabytes: int) -> Iterator[None]:
    """Everything that Python allocates within, at its peak."""
    tracemalloc.start()
    try:
        yield
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < megabytes * MEGABYTE, f"{peak / MEGABYTE:.1f} MB"


def test_the_endless_file_of_these_tests_reads_like_a_file() -> None:
    whole = b"ab" + b"123" * 10 + b"yz"
    made = Endless(b"ab", b"123", b"yz", 30)
    for size in (1, 4, 7, 100):
        made.seek(0)
        assert b"".join(iter(lambda: made.read(size), b"")) == whole  # noqa: B023
    assert made.seek(0, io.SEEK_END) == len(whole)


@pytest.mark.parametrize("unit", [b"payment ", b"a", b"Zahlung \xc3\xa4 ", b"QUJD", b"1"])
def test_a_single_line_without_end_stays_flat(unit: bytes) -> None:
    begin = b"Paid with " + CARD.encode() + b" "
    stream = endless(begin, unit)
    with at_most(11):
        inspection = inspect(stream, filename="note.txt", limit=LIMIT)
    assert inspection.pans == 1
    with at_most(11):
        first = next(kept := clean(stream, inspection))
        assert first.startswith(b"Paid with " + CUT.encode())
        assert sum(map(len, kept)) + len(first) == inspection.size


def test_many_rows_stay_flat() -> None:
    stream = endless(b"date;amount\n", b"2026-03-04;20.00;EUR;a payment of no interest\n", length=6 * MEGABYTE)
    with at_most(4):
        assert inspect(stream, filename="payments.csv", limit=LIMIT).kind == "csv"


@pytest.mark.parametrize(
    ("name", "stream"),
    [
        ("payments.csv", lambda: endless(b"a;b\n", b"payment ")),
        ("payments.json", lambda: endless(b'["', b"payment ", b'"]')),
        ("payments.xml", lambda: endless(b"<r>", b"payment ", b"</r>")),
        ("payments.xml", lambda: endless(b"<r a='", b"payment ", b"'/>")),
        ("payments.xml", lambda: endless(b"<r><!--", b"> payment ", b"--></r>")),
        ("payments.json", lambda: endless(b"", b"[")),
        ("payments.xml", lambda: endless(b"", b"<a>")),
    ],
)
def test_one_value_without_end_is_refused_flat(name: str, stream: Callable[[], BinaryIO]) -> None:
    with at_most(40), pytest.raises(RefusedContent) as refused:
        inspect(stream(), filename=name, limit=LIMIT)
    assert refused.value.reason is Reason.TOO_COMPLEX


@pytest.mark.parametrize(
    "part",
    [
        b"<worksheet><sheetData><row><c r='A1' t='str'><v>" + b"payment " * 6_000_000 + b"</v></c></row></sheetData>",
        b"<worksheet><!-- " + b"> " * 20_000_000 + b"--><sheetData/>",
        b"<worksheet>" + b"<a>" * 10_000_000,
    ],
    ids=["cell", "comment", "depth"],
)
def test_one_part_without_end_is_refused_flat(part: bytes) -> None:
    data = repacked(workbook(), change={"xl/worksheets/sheet1.xml": lambda _part: part})
    with at_most(40), pytest.raises(RefusedContent) as refused:
        inspect(io.BytesIO(data), filename="payments.xlsx")
    assert refused.value.reason is Reason.TOO_COMPLEX


def test_the_time_of_an_inspection_is_limited() -> None:
    with pytest.raises(RefusedContent) as refused:
        Deadline(seconds=-1).check()
    assert refused.value.reason is Reason.TOO_COMPLEX


def test_cleaning_another_stream_than_the_inspected_one_fails() -> None:
    inspection = inspect(io.BytesIO(b"Paid 20 EUR"), filename="note.txt")
    with pytest.raises(ValueError, match="not the one that was inspected"):
        list(clean(io.BytesIO(b"Paid 30 EUR"), inspection))
    other = inspect(io.BytesIO(workbook()), filename="payments.xlsx")
    with pytest.raises(ValueError, match="not the one that was inspected"):
        list(clean(io.BytesIO(b"Paid 30 EUR"), other))
