"""A table of contacts, from the bytes of a CSV file or a workbook to cells of text by column.

The door (`core.content`) has proven what the file is, cut card numbers, and named the encoding.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from efc_portal.core.content.encoding import ENCODINGS
from efc_portal.core.content.kinds import AttachmentKind
from efc_portal.core.errors import ApplicationError
from efc_portal.core.spreadsheets import cell
from efc_portal.core.text import INVISIBLE
from efc_portal.partners.register.imports.columns import LABELS, REQUIRED, column_of

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024  # bytes of all parts of a workbook
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_CELL = 300  # characters that are kept of a cell
_EMPTY_ROWS = 50_000  # what a sheet may hold between and below its rows
_FIRST_ROW = 100_000  # characters in which the first row is looked for, fewer than a cell may have (`csv`)
_DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR_LINE = re.compile(r"sep=([,;|\t])\r?\n?", re.IGNORECASE)
_GONE = dict.fromkeys(map(ord, INVISIBLE))
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True)
class Table:
    """`rows` are (number in the file, cells by column), without the empty ones; `delimiter` is empty for a workbook."""

    rows: Iterator[tuple[int, dict[str, str]]]
    delimiter: str = ""


def table_of(data: bytes, *, kind: str, encoding: str) -> Table:
    """Open a table. Raises `ApplicationError` when its first row does not name the columns.

    Its rows are read as they are asked for, and raise the same when there are too many.
    """
    if kind == AttachmentKind.XLSX:
        return Table(_rows(_sheet(data)))
    text = data[len(ENCODINGS[encoding].mark) :].decode(ENCODINGS[encoding].codec)
    said = _SEPARATOR_LINE.match(text)
    if said:
        text = text[said.end() :]
    delimiter = said[1] if said else _delimiter(text)
    return Table(_rows(_lines(text, delimiter)), delimiter)


def _lines(text: str, delimiter: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise ApplicationError(
            _("The table cannot be read to its end: a cell is far too long, or a quotation mark stays open.")
        ) from error


def _delimiter(text: str) -> str:
    """Whichever parts the first row into most columns that have a known name, else into most columns."""
    first = next(io.StringIO(text[:_FIRST_ROW], newline=""), "")

    def parted(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return len({column_of(one) for one in cells} - {""}), len(cells)

    return max(_DELIMITERS, key=parted)


def _sheet(data: bytes) -> Iterator[tuple[object, ...]]:
    """The rows of the first sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise ApplicationError(_("The workbook holds far more than a table. Save the one sheet as CSV."))
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        yield from sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
    except (KeyError, ValueError, IndexError, AttributeError, TypeError, zipfile.BadZipFile) as error:
        raise ApplicationError(_("The workbook cannot be read. Save it again as XLSX, or as CSV.")) from error


def _rows(lines: Iterable[Iterable[object]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Read the first row at once, so that a wrong table is told of before anything is kept."""
    numbered = enumerate(lines, start=1)
    places = _places([_text(one) for _number, line in [next(numbered, (0, ()))] for one in line])

    def further() -> Iterator[tuple[int, dict[str, str]]]:
        found = 0
        for number, line in numbered:
            cells = [_text(one) for one in line]
            if any(cells):
                found += 1
                yield number, {column: cells[at] if at < len(cells) else "" for column, at in places.items()}
            if found > MAX_ROWS or number > MAX_ROWS + _EMPTY_ROWS:
                raise ApplicationError(
                    _("The table has more than %(most)s rows. Split it, and send the parts one by one."), most=MAX_ROWS
                )

    return further()


def _places(headings: list[str]) -> dict[str, int]:
    """At which place each column stands."""
    places: dict[str, int] = {}
    for at, heading in enumerate(headings):
        if column := column_of(heading):
            if column in places:
                raise ApplicationError(
                    _("Two columns are for the same: “%(one)s” and “%(other)s”. Leave one of them out."),
                    one=headings[places[column]],
                    other=heading,
                )
            places[column] = at
    if missing := [str(LABELS[column]) for column in REQUIRED if column not in places]:
        raise ApplicationError(
            _("The first row must name the columns, and these are missing: %(missing)s. Begin with the template."),
            missing=get_text_list(missing, str(_("and"))),
        )
    return places


def _text(value: object) -> str:
    """A cell as text on one line. The apostrophe that keeps a spreadsheet from running a formula is taken away."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    text = unicodedata.normalize("NFC", str(value)[: MAX_CELL * 4]).translate(_GONE)
    text = " ".join(_CONTROL.sub(" ", text).split())[:MAX_CELL]
    return text[1:] if text.startswith("'") and cell(text[1:]) == text else text
