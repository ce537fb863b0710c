"""Figures that an editor pastes: CSV, or cells copied from a spreadsheet."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from efc_portal.core.errors import ApplicationError

MAX_ROWS = 200
MAX_COLUMNS = 12
MAX_BYTES = 100_000
MAX_CELL = 2_000  # characters
PLACES = 9  # behind the point, that a chart looks at
LARGEST = Decimal(10) ** 12
_END = "\x1fend"  # a row that no text holds: `splitlines` parts it there


@dataclass(frozen=True)
class Sheet:
    """A table of text: a heading for each column, and rows of as many cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def numeric(self) -> tuple[bool, ...]:
        """For each column, whether every cell in it is empty or a number."""
        return tuple(
            any(row[i] for row in self.rows) and all(not row[i] or number(row[i]) is not None for row in self.rows)
            for i in range(len(self.head))
        )

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """Each heading, and whether figures stand under it."""
        return list(zip(self.head, self.numeric, strict=True))

    @property
    def cells(self) -> list[list[tuple[str, str, bool]]]:
        """Each row as cells: text, heading, and whether it is a column of figures."""
        columns = self.columns
        return [[(text, *column) for text, column in zip(row, columns, strict=True)] for row in self.rows]


@dataclass(frozen=True)
class Series:
    name: str
    values: tuple[Decimal, ...]


@dataclass(frozen=True)
class Figures:
    """What a chart shows: labels along one axis, and one or more series with a value for each label."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]


def number(text: str) -> Decimal | None:
    """A number as people write it: 1 234,5 or 1,234.5 or 12 %. None when it is not one."""
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").removesuffix("%").replace("\u2212", "-")
    if plain.count(",") == 1 and "." not in plain and len(plain.rpartition(",")[2]) != 3:
        plain = plain.replace(",", ".")
    try:
        value = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def sheet_read(text: str) -> Sheet:
    """Read pasted cells, whichever of tab, semicolon and comma separates them. Raises `ApplicationError`."""
    if len(text) > MAX_BYTES:
        raise ApplicationError(
            _("The cells hold %(size)s characters; at most %(most)s fit on a page."), size=len(text), most=MAX_BYTES
        )
    lines = [line for line in text.strip("\n\r").splitlines() if line.strip()]
    table = _table(lines)
    if len(table) < 2:
        raise ApplicationError(_("Paste at least two lines: the column headings, and one line of figures."))
    head, rows = table[0], table[1:]
    if len(rows) > MAX_ROWS or len(head) > MAX_COLUMNS:
        raise ApplicationError(
            _(
                "%(rows)s lines under the headings and %(columns)s columns are too many; at most %(max_rows)s lines "
                "and %(max_columns)s columns fit on a page."
            ),
            rows=len(rows),
            columns=len(head),
            max_rows=MAX_ROWS,
            max_columns=MAX_COLUMNS,
        )
    for place, row in enumerate(rows, start=2):
        if len(row) != len(head):
            raise ApplicationError(
                _("Line %(line)s has %(cells)s cells, but there are %(columns)s column headings."),
                line=place,
                cells=len(row),
                columns=len(head),
            )
    return Sheet(head, tuple(rows))


def _table(lines: list[str]) -> list[tuple[str, ...]]:
    """The cells of lines. Raises `ApplicationError` where they cannot be told apart."""
    reader = csv.reader([*(f"{line}\n" for line in lines), _END], delimiter=max("\t;,", key=(lines or [""])[0].count))
    table: list[tuple[str, ...]] = []
    try:
        for row in reader:
            if row == [_END]:
                return table
            if any(len(cell) > MAX_CELL and _END not in cell for cell in row):
                raise ApplicationError(
                    _("Line %(line)s: a cell holds at most %(most)s characters. Shorten it."),
                    line=len(table) + 1,
                    most=MAX_CELL,
                )
            table.append(tuple(cell.strip() for cell in row))
    except csv.Error as error:
        raise ApplicationError(
            _("Line %(line)s cannot be read. Paste it anew, as plain text."), line=len(table) + 1
        ) from error
    raise ApplicationError(
        _("Line %(line)s: a quotation mark begins a cell, and none ends it. Add it, or take it away."), line=len(table)
    )


def csv_read(document: Any) -> str:
    """The text of a CSV document of the site. Raises `ApplicationError`."""
    if document.file_extension != "csv":
        raise ApplicationError(
            _("“%(title)s” is no CSV file. Choose a document that ends in .csv, or paste the figures."),
            title=document.title,
        )
    try:
        with document.file.open("rb") as file:
            content: bytes = file.read(MAX_BYTES + 1)
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ApplicationError(
            _("“%(title)s” cannot be read. Save it again as CSV in UTF-8, upload it and choose it anew."),
            title=document.title,
        ) from error
    if len(content) > MAX_BYTES:
        raise ApplicationError(_("“%(title)s” is too large for a chart."), title=document.title)
    return text


def figures_read(text: str, *, most_series: int) -> Figures:
    """Read a chart's figures: labels in the first column, one series in each further one. Raises `ApplicationError`."""
    sheet = sheet_read(text)
    if not 2 <= len(sheet.head) <= most_series + 1:
        raise ApplicationError(
            ngettext(
                "A chart of this kind takes a column of labels and %(most)s column of figures.",
                "A chart of this kind takes a column of labels and 1 to %(most)s columns of figures.",
                most_series,
            ),
            most=most_series,
        )
    columns: list[list[Decimal]] = [[] for _name in sheet.head[1:]]
    for place, row in enumerate(sheet.rows, start=2):
        for column, cell in zip(columns, row[1:], strict=True):
            value = number(cell)
            if value is None:
                raise ApplicationError(_("Line %(line)s: “%(cell)s” is not a number."), line=place, cell=cell)
            if not 0 <= value <= LARGEST:
                raise ApplicationError(
                    _("Line %(line)s: a chart cannot show %(cell)s; figures go from 0 to a thousand billion."),
                    line=place,
                    cell=cell,
                )
            column.append(round(value, PLACES) + 0)
    series = tuple(Series(name, tuple(values)) for name, values in zip(sheet.head[1:], columns, strict=True))
    return Figures(tuple(row[0] for row in sheet.rows), series)
