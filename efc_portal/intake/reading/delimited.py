"""Tables written as text: CSV, TSV, or one value a line (RFC 4180, and what spreadsheets make of it)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from efc_portal.core.spreadsheets import cell
from efc_portal.intake.reading.dialect import DELIMITERS, Dialect
from efc_portal.intake.reading.encoding import ENCODINGS, text_of
from efc_portal.intake.reading.errors import InvalidFile, broken_off
from efc_portal.intake.reading.limits import MAX_COLUMNS, MAX_ROW
from efc_portal.intake.reading.table import RawRow, Table

SEPARATOR_LINE = re.compile(r"sep=([,;|\t])\n?", re.IGNORECASE)
_NO_DELIMITER = "\x1f"


class DelimitedTable(Table):
    """Reading again begins at the start of the stream, so that only one may be under way."""

    def __init__(self, stream: BinaryIO, dialect: Dialect) -> None:
        if dialect.encoding not in ENCODINGS or dialect.delimiter not in (*DELIMITERS, ""):
            raise InvalidFile(
                _("The portal does not know this encoding or separator. Choose one of those it offers."), rule="dialect"
            )
        self._stream, self._dialect = stream, dialect
        self._read = 0  # records so far
        self._apostrophes = False  # whether one was seen: the sign that takes a formula's power
        first = next(self._all(), None)
        cells = first.cells if first else []
        if dialect.header:
            self.columns = [one.strip() for one in cells]
        else:
            self.columns = [str(_("Column %(number)s") % {"number": place}) for place in range(1, len(cells) + 1)]

    def records(self) -> Iterator[RawRow]:
        records = self._all()
        if self._dialect.header:
            next(records, None)
        return records

    def _all(self) -> Iterator[RawRow]:
        self._read, self._apostrophes = 0, False
        reader = csv.reader(self._lines(), delimiter=self._dialect.delimiter or _NO_DELIMITER)
        begun = 1
        try:
            for number, cells in enumerate(reader, 1):
                self._read = number
                if not any(map(str.strip, cells)):
                    continue
                if len(cells) > MAX_COLUMNS:
                    raise InvalidFile(
                        _(
                            "Row %(row)s has %(count)s cells; a table has at most %(most)s columns. Delete the columns "
                            "that are not needed, or check what separates the cells."
                        ),
                        rule="columns",
                        row=number,
                        count=len(cells),
                        most=MAX_COLUMNS,
                    )
                if self._apostrophes:
                    cells = [unescaped(one) for one in cells]
                yield RawRow(number, cells)
                begun = reader.line_num + 1
        except csv.Error as error:
            raise broken_off(begun) from error

    def _lines(self) -> Iterator[str]:
        """Lines with their ends; the text of a row that does not end is not gathered without limit."""
        rest, first, since, read = "", True, 0, 0
        for chunk in text_of(self._stream, self._dialect.encoding):
            if first and (said := SEPARATOR_LINE.match(chunk)):
                chunk = chunk[said.end() :]
            first = False
            if not self._apostrophes and "'" in chunk:
                self._apostrophes = True
            cut = chunk.rfind("\n") + 1
            since = since + len(chunk) if self._read == read else 0
            read = self._read
            if since > MAX_ROW or (not cut and len(rest) > MAX_ROW):
                raise InvalidFile(
                    _(
                        "After row %(row)s there is one longer than %(most)s characters. Check what stands there, and "
                        "whether this is a table at all."
                    ),
                    rule="long_row",
                    row=read,
                    most=f"{MAX_ROW:,}",
                )
            if cut:
                yield from io.StringIO(rest + chunk[:cut], newline="\n")
                rest = chunk[cut:]
            else:
                rest += chunk
        if rest:
            yield rest


def unescaped(text: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it as a formula."""
    return text[1:] if text[:1] == "'" and cell(text[1:]) == text else text
