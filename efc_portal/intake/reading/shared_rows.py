"""Rows of formats that have no columns: what each says is put under the names of the template."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, BinaryIO

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.types import TYPES
from efc_portal.intake.reading.dialect import Dialect
from efc_portal.intake.reading.encoding import text_of
from efc_portal.intake.reading.json_cursor import JsonCursor
from efc_portal.intake.reading.json_table import cell_text
from efc_portal.intake.reading.table import RawRow, Table
from efc_portal.intake.rows.columns import KEYS

_PLACES = {key: place for place, key in enumerate(KEYS)}


class SharedTable(Table):
    """A table read with a cursor; its columns are those of the template."""

    def __init__(self, stream: BinaryIO, dialect: Dialect) -> None:
        self._stream, self._dialect = stream, dialect
        self.columns = list(KEYS)

    def records(self) -> Iterator[RawRow]:
        self.left_out = 0
        cursor = JsonCursor(text_of(self._stream, self._dialect.encoding))
        yield from self._read(cursor)
        cursor.end()

    def _read(self, cursor: JsonCursor) -> Iterator[RawRow]:
        raise NotImplementedError


def row_of(number: int, value: Any, type_code: str = "", problem: InvalidValue | None = None, **more: Any) -> RawRow:
    cells = [""] * len(KEYS)
    cells[0], cells[_PLACES["type"]] = cell_text(value), type_code if type_code in TYPES else ""
    for key, one in more.items():
        cells[_PLACES[key]] = cell_text(one)
    return RawRow(number, cells, problem)


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
