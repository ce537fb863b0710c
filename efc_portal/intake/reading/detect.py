"""What a file is, by its content."""

from __future__ import annotations

import csv
import io
import re
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content import foreign
from efc_portal.core.content.signatures import HEAD_BYTES, recognise
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.identify import identify
from efc_portal.intake.reading.delimited import SEPARATOR_LINE
from efc_portal.intake.reading.dialect import DELIMITERS, Dialect
from efc_portal.intake.reading.encoding import encoding_detect, text_of
from efc_portal.intake.reading.errors import InvalidFile, the_door
from efc_portal.intake.reading.json_kinds import json_dialect
from efc_portal.intake.reading.limits import MAX_BYTES
from efc_portal.intake.reading.table import RawRow
from efc_portal.intake.reading.workbook import Workbook, is_workbook
from efc_portal.intake.rows.columns import columns_propose

_SAMPLE = 64 * 1024  # characters that are looked at
_LINES = 50
_SHEETS = 50
_NO_TEXT = re.compile("[\x01-\x08\x0e-\x1f\x7f\ufffd]")
_VALUE_LIKE = re.compile(r"[0-9@.]")  # words alone, such as PAYMENTS, are no values, though they may look like a BIC


def dialect_detect(stream: BinaryIO, name: str) -> Dialect:
    """How a file is written. `name` stands in sentences alone. Raises `InvalidFile`."""
    size = stream.seek(0, io.SEEK_END)
    if size == 0:
        raise InvalidFile(_("The file is empty. Choose the file again."), rule="empty")
    if size > MAX_BYTES:
        raise InvalidFile(
            _("The file is larger than %(limit)s MB. Split it, and send the parts one by one."),
            rule="too_large",
            limit=MAX_BYTES // (1024 * 1024),
        )
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    with the_door(name):
        if is_workbook(stream, head):
            return _workbook(stream)
        if (found := recognise(head)) is not None:
            raise foreign.refusal(found, stream)
    encoding = encoding_detect(stream, head)
    start = next(text_of(stream, encoding), "")[:_SAMPLE]
    if head.startswith(b"%PDF-") or len(start) - len(_NO_TEXT.sub("", start)) > len(start) // 100:
        raise InvalidFile(
            _("The file is no table. Export it as CSV, XLSX, JSON, STIX or MISP, and upload this."), rule="unknown"
        )
    if start.lstrip()[:1] in ("{", "["):
        return json_dialect(stream, encoding)
    with the_door(name):
        foreign.web_page_check(start)
    if start.lstrip().startswith("<?xml"):
        raise InvalidFile(
            _("The file is XML. Export it as CSV, XLSX, JSON, STIX or MISP, and upload this."), rule="xml"
        )
    return _delimited(start, encoding)


def _workbook(stream: BinaryIO) -> Dialect:
    """The sheet whose first row has the most known names, else the first."""
    book = Workbook(stream)
    first = {name: next(book.rows(name), RawRow(1, [])).cells for name in book.sheets[:_SHEETS]}
    sheet = max(first, key=lambda name: columns_propose(first[name]).known)
    return Dialect("xlsx", sheet=sheet, sheets=tuple(first), header=not _is_data(first[sheet]))


def _delimited(start: str, encoding: str) -> Dialect:
    said = SEPARATOR_LINE.match(start)
    sample = start[said.end() :] if said else start
    rows = {one: _rows(sample, one) for one in DELIMITERS}
    delimiter = said[1] if said else max(DELIMITERS, key=lambda one: _fitness(rows[one]))
    if max(map(len, rows[delimiter]), default=0) < 2:
        delimiter = ""
    first = rows[delimiter][0] if delimiter else [sample.partition("\n")[0]]
    return Dialect("csv", encoding, delimiter, header=not _is_data(first))


def _rows(sample: str, delimiter: str) -> list[list[str]]:
    lines = io.StringIO(sample, newline="\n")
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        found = [cells for cells, _number in zip(reader, range(_LINES), strict=False) if cells]
    except csv.Error:
        return [[]]
    return found[:-1] if len(found) > 1 and len(found) < _LINES and not sample.endswith("\n") else found


def _fitness(rows: list[list[str]]) -> tuple[int, float, int]:
    """How well a delimiter parts a sample: known names in the first row, equal rows, many columns."""
    first = rows[0] if rows else []
    named = columns_propose(first).known
    alike = sum(len(row) == len(first) for row in rows) / max(len(rows), 1) if len(first) > 1 else 0
    return named, alike, len(first)


def _is_data(cells: list[str]) -> bool:
    """Whether the first row names no columns, but is one like all others: it has a value that is recognised."""
    return not columns_propose(cells).known and any(map(_is_value, cells))


def _is_value(text: str) -> bool:
    if not _VALUE_LIKE.search(text):
        return False
    try:
        identify(text)
    except InvalidValue:
        return False
    return True
