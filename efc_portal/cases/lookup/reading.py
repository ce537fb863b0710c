"""What was pasted into a look-up: one value a line, or one column of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.core.pan import truncate_pans
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.identify import identify

VALUES_MAX = 1000
CHARACTERS_MAX = 300_000
_DELIMITERS = "\t;,"
_SHOWN = 60  # characters of what is no value


@dataclass(frozen=True)
class Line:
    """A value as it was typed, and the line (1-based) it stands on."""

    number: int
    text: str


@dataclass(frozen=True)
class Wrong:
    """A line that holds no valid value: its text without card numbers, shortened, and what is wrong with it."""

    line: int
    text: str
    why: str


@dataclass
class Read:
    """Each value once, with the lines it stands on, and the lines that hold none."""

    values: dict[Recognised, list[int]] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)


def lines_of(text: str, *, column: str = "") -> list[Line]:
    """The values of a text, without empty ones. `column` is a heading of its first line, or a number from 1 on.

    Raises `ApplicationError` when the column is not there or the table cannot be read.
    """
    if not column:
        return [Line(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    try:
        return list(_column(text, column.strip()))
    except csv.Error as error:
        raise ApplicationError(
            _("The table cannot be read: a cell is too long, or a quotation mark is left open. Paste one column.")
        ) from error


def _column(text: str, column: str) -> Iterable[Line]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    place = int(column) - 1 if column.isascii() and column.isdigit() and len(column) < 4 else None
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if place is None:
            headings = [cell.strip().casefold() for cell in row]
            if column.casefold() not in headings:
                raise ApplicationError(
                    _("The first line has no column “%(column)s”. Give its heading as it stands there, or its number."),
                    column=column,
                )
            place = headings.index(column.casefold())
            continue
        if 0 <= place < len(row) and row[place].strip():
            yield Line(rows.line_num, row[place].strip())


def values_read(lines: Iterable[Line], *, kind: str = "", region: str = "") -> Read:
    """Recognise each line. `kind` insists on one type; `region` is the person's country, for phone numbers."""
    read = Read()
    for line in lines:
        try:
            one = identify(line.text, type=kind or None, region=region or None)
        except ApplicationError as error:
            read.wrong.append(Wrong(line.number, _shown(line.text), error.message))
        else:
            read.values.setdefault(one, []).append(line.number)
    return read


def _shown(text: str) -> str:
    """The beginning of a text without card numbers, and with a mark for each character that cannot be seen."""
    text, _count = truncate_pans(text)
    text = f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text
    return "".join(character if character.isprintable() else "\ufffd" for character in text)
