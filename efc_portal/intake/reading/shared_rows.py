"""Rows of formats that have no columns: what each says is put under the names of the template."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, BinaryIO

from efc_portal.indicators.types import TYPES
from efc_portal.intake.reading.dialect import Dialect
from efc_portal.intake.reading.encoding import text_of
from efc_portal.intake.reading.json_cursor import JsonCursor
from efc_portal.intake.reading.json_table import cell_text
from efc_portal.intake.reading.table import Exact, RawRow, Table
from efc_portal.intake.rows.columns import KEYS

Cells = list[str]
_PLACES = {key: place for place, key in enumerate(KEYS)}


class SharedTable(Table):
    """A table read with a cursor; its columns are those of the template."""

    def __init__(self, stream: BinaryIO, dialect: Dialect) -> None:
        self._stream, self._dialect = stream, dialect
        self.columns = list(KEYS)

    def records(self) -> Iterator[RawRow]:
        self.left_out = 0
        cursor = JsonCursor(text_of(self._stream, self._dialect.encoding))
        for number, cells in enumerate(self._read(cursor), 1):
            yield RawRow(number, cells)
        cursor.end()

    def _read(self, cursor: JsonCursor) -> Iterator[Cells]:
        """The cells of each value, one after the other: their place in the file is their number."""
        raise NotImplementedError


def cells_of(value: Any, type_code: str = "", **more: Any) -> Cells:
    cells = [""] * len(KEYS)
    cells[0], cells[_PLACES["type"]] = cell_text(value), type_code if type_code in TYPES else ""
    for key, one in more.items():
        cells[_PLACES[key]] = Exact(cell_text(one)) if key == "amount" else cell_text(one)
    return cells


def day_of(moment: object) -> str:
    """The day of an RFC 3339 time, or ""."""
    return moment[:10] if isinstance(moment, str) else ""


@cache
def types_by_stix() -> dict[str, dict[str, str]]:
    """By STIX observable and property, the code of the type that is kept there; "" where it may be one of several."""
    found: dict[str, dict[str, str]] = {}
    for code, declaration in TYPES.items():
        properties = found.setdefault(declaration.stix.type, {})
        properties[declaration.stix.property] = "" if declaration.stix.property in properties else code
    return found
