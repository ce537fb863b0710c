"""The parts of a workbook that make a table: the list of sheets, the formats of days, and a sheet's cells."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from efc_portal.intake.reading.delimited import unescaped
from efc_portal.intake.reading.errors import InvalidFile
from efc_portal.intake.reading.limits import MAX_CELL, MAX_COLUMNS
from efc_portal.intake.reading.shared_strings import SharedStrings
from efc_portal.intake.reading.table import Exact, RawRow

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_ROW, _CELL, _VALUE, _TEXT, _ASIDE = (
    frozenset(f"{space}}}{local}" for space in (_MAIN, _STRICT)) for local in ("row", "c", "v", "t", "rPh")
)
_DAY_FORMATS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})  # ECMA-376, 18.8.30
_NOT_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_COLUMN = re.compile("[A-Z]{1,3}")
_TRUE = frozenset({"1", "true", "on"})
_FIRST_DAY = date(1899, 12, 30)  # of serial numbers from 61 on; before, Excel counts a 29 February 1900
_FIRST_DAY_1904 = date(1904, 1, 1)
_MAX_TEXT = 100_000  # characters in one cell; Excel allows a third
_LAST_SERIAL = 2_958_465  # 9999-12-31


def _attributes(pairs: list[str]) -> dict[str, str]:
    return {name.rpartition("}")[2]: value for name, value in zip(pairs[::2], pairs[1::2], strict=True)}


class WorkbookPart:
    """Reads the workbook part: `sheets` are (name, relation) of those that are not hidden."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: list[str]) -> None:
        local = name.rpartition("}")[2]
        if local == "sheet":
            values = _attributes(attributes)
            if values.get("state", "visible") == "visible":
                self.sheets.append((values.get("name", ""), values.get("id", "")))
        elif local == "workbookPr":
            self.from_1904 = _attributes(attributes).get("date1904", "") in _TRUE

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


class Styles:
    """Reads the styles: `of_days` are the numbers of those in which a number is a day."""

    def __init__(self) -> None:
        self.of_days: set[str] = set()
        self._formats: dict[int, bool] = {}
        self._cells = False
        self._count = 0

    def start(self, name: str, attributes: list[str]) -> None:
        local = name.rpartition("}")[2]
        if local == "numFmt":
            values = _attributes(attributes)
            code = _NOT_FORMAT.sub("", values.get("formatCode", "")).lower()
            self._formats[_number(values.get("numFmtId"))] = "y" in code or "d" in code
        elif local == "cellXfs":
            self._cells = True
        elif local == "xf" and self._cells:
            number = _number(_attributes(attributes).get("numFmtId"))
            if self._formats.get(number, number in _DAY_FORMATS):
                self.of_days.add(str(self._count))
            self._count += 1

    def end(self, name: str) -> None:
        if name.rpartition("}")[2] == "cellXfs":
            self._cells = False

    def text(self, data: str) -> None:
        pass


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


class Dates:
    """Days as spreadsheets keep them: numbers in a style that shows a day."""

    def __init__(self, styles: set[str], from_1904: bool) -> None:
        self.styles = styles
        self._from_1904 = from_1904

    def text(self, serial: float) -> str:
        """The day in the international form; "" for a time of day alone, or where there is no such day."""
        whole = int(serial)
        if not 1 <= whole <= _LAST_SERIAL:
            return ""
        if self._from_1904:
            return "" if whole > _LAST_SERIAL - 1_462 else (_FIRST_DAY_1904 + timedelta(whole)).isoformat()
        return (_FIRST_DAY + timedelta(whole + (whole < 61))).isoformat()


class SheetRows:
    """Reads a sheet. Its methods run some ten million times: they do no more than they must."""

    def __init__(self, strings: SharedStrings, dates: Dates) -> None:
        self._strings, self._dates = strings, dates
        self._rows: list[RawRow] = []
        self._cells: list[str] = []
        self._number = self._column = 0
        self._type = self._style = ""
        self._wanted = self._aside = False
        self._text: list[str] = []
        self._columns: dict[str, int] = {}

    def taken(self) -> list[RawRow]:
        """The rows that were read since the last time."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, name: str, attributes: list[str]) -> None:
        if name in _CELL:
            self._type = self._style = reference = ""
            for place in range(0, len(attributes), 2):
                key = attributes[place]
                if key == "r":
                    reference = attributes[place + 1]
                elif key == "t":
                    self._type = attributes[place + 1]
                elif key == "s":
                    self._style = attributes[place + 1]
            if reference:
                letters = reference.rstrip("0123456789")
                self._column = self._columns.get(letters) or self._column_of(letters)
            else:
                self._column += 1
        elif name in _VALUE:
            self._wanted = True
        elif name in _TEXT:
            self._wanted = not self._aside
        elif name in _ROW:
            self._row(_attributes(attributes).get("r", ""))
        elif name in _ASIDE:
            self._aside = True

    def end(self, name: str) -> None:
        self._wanted = False
        if name in _CELL:
            if self._text:
                self._cell()
        elif name in _ROW:
            if self._cells:
                self._rows.append(RawRow(self._number, self._cells))
                self._cells = []
        elif name in _ASIDE:
            self._aside = False

    def text(self, data: str) -> None:
        if self._wanted:
            self._text.append(data)
            if len(self._text) > 1 and sum(map(len, self._text)) > _MAX_TEXT:
                raise InvalidFile(
                    _("Row %(row)s has a cell with far too much text. Delete what is no value, and upload it again."),
                    rule="long_row",
                    row=self._number,
                )

    def _row(self, reference: str) -> None:
        number = _number(reference)
        self._number = number if number > self._number else self._number + 1
        self._column = 0
        self._cells = []
        self._text.clear()

    def _cell(self) -> None:
        text = "".join(self._text)[:MAX_CELL] if len(self._text) > 1 else self._text[0][:MAX_CELL]
        self._text.clear()
        if self._type == "s":
            text = self._strings[int(text)] if text.isdigit() and len(text) < 10 else ""
        elif self._type in ("", "n"):
            text = self._figure(text)
        elif self._type == "b":
            text = "true" if text == "1" else "false"
        if not text or text.isspace():
            return
        if text[:1] == "'":
            text = unescaped(text)
        column = self._column
        if column > MAX_COLUMNS:
            raise InvalidFile(
                _(
                    "Row %(row)s has a value in column %(column)s; a table has at most %(most)s columns. Delete the "
                    "columns that are not needed."
                ),
                rule="columns",
                row=self._number,
                column=column,
                most=MAX_COLUMNS,
            )
        missing = column - len(self._cells)
        if missing == 1:
            self._cells.append(text)
        elif missing > 1:
            self._cells += [""] * (missing - 1)
            self._cells.append(text)
        else:
            self._cells[column - 1] = text

    def _figure(self, text: str) -> str:
        """A number as people see it: of up to fifteen digits, as a spreadsheet keeps it, or a day."""
        if self._style in self._dates.styles:
            try:
                return self._dates.text(float(text)) or Exact(text)
            except (ValueError, OverflowError):
                return Exact(text)
        if text.isdigit():
            return Exact(text)
        try:
            number = f"{float(text):.15g}"
        except ValueError:
            return text
        return Exact(f"{Decimal(number):f}" if "e-" in number else number)

    def _column_of(self, letters: str) -> int:
        if not _COLUMN.fullmatch(letters):
            return self._column + 1
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - 64
        self._columns[letters] = number
        return number
