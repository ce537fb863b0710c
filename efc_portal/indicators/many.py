"""Many values at once, as somebody pastes them: one a line, or a table of CSV. Reading writes nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext

from efc_portal.core.errors import ApplicationError
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.identify import identify
from efc_portal.indicators.match_keys import own_key
from efc_portal.indicators.models import KnownValue
from efc_portal.indicators.services import NewKnown
from efc_portal.indicators.words import holds_value

ROWS_MAX = 5000
_COLUMNS = ("value", "type", "reason")


class Cells(NamedTuple):
    """One row as it was pasted. What is not given is empty."""

    line: int
    value: str
    type: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Row:
    """One row, understood, or why it was not: a sentence."""

    cells: Cells
    new: NewKnown | None = None
    error: str = ""


def lines_of(text: str) -> list[Cells]:
    """One value a line; empty lines mean nothing."""
    return [Cells(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]


def table_of(text: str) -> list[Cells]:
    """Rows of CSV: value, type and reason, in this order or as the first row names them. Tabs, semicolons or commas.

    Raises `ApplicationError` for what is no CSV.
    """
    first = text.lstrip("\ufeff").lstrip().partition("\n")[0]
    delimiter = next((sign for sign in "\t;," if sign in first), ",")
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    try:
        return list(_cells(reader))
    except csv.Error as error:
        raise ApplicationError(
            gettext("This is no CSV that can be read. Row %(line)s has a quote that does not end, or a cell too long.")
            % {"line": reader.line_num}
        ) from error


def _cells(reader: Iterator[list[str]]) -> Iterator[Cells]:
    order: tuple[str, ...] = _COLUMNS
    number = 0
    for cells in reader:
        number += 1
        plain = [cell.strip() for cell in cells]
        if number == 1 and "value" in (names := tuple(cell.lower() for cell in plain)):
            order = names
            continue
        if any(plain):
            named = dict(zip(order, plain, strict=False))
            yield Cells(number, *(named.get(name, "") for name in _COLUMNS))


def rows_read(cells: Sequence[Cells], *, reason: str, type_code: str = "", region: str | None = None) -> list[Row]:
    """Each row, recognised and compared with the lists, for one statement. `reason` and `type_code` fill the empty."""
    rows = [_recognised(one, reason, type_code, region) for one in cells]
    keys = {own_key(row.new.recognised) for row in rows if row.new}
    listed = {
        bytes(key): name
        for key, name in KnownValue.objects.active()
        .filter(match_key__in=list(keys))
        .values_list("match_key", "known_list__name")
    }
    seen: dict[Recognised, int] = {}
    return [_alone(row, listed, seen) for row in rows]


def _recognised(cells: Cells, reason: str, type_code: str, region: str | None) -> Row:
    try:
        recognised = identify(cells.value, type=cells.type or type_code or None, region=region)
    except ApplicationError as error:
        return Row(cells, error=error.message)
    why = cells.reason or reason
    if not why:
        return Row(cells, error=gettext("No reason stands in this row, and none is given for all."))
    if len(why) > 300:
        return Row(cells, error=gettext("The reason is longer than 300 characters."))
    if holds_value(why):
        return Row(cells, error=gettext("The reason holds a value itself. Say in words why this one is known."))
    return Row(cells, NewKnown(recognised, why))


def _alone(row: Row, listed: dict[bytes, str], seen: dict[Recognised, int]) -> Row:
    """The row, unless its value stands in one above, or on a list."""
    if row.new is None:
        return row
    if line := seen.get(row.new.recognised):
        return Row(row.cells, error=gettext("The same value as in row %(line)s.") % {"line": line})
    seen[row.new.recognised] = row.cells.line
    if name := listed.get(own_key(row.new.recognised)):
        return Row(row.cells, error=gettext("On a list already: %(name)s.") % {"name": gettext(name)})
    return row
