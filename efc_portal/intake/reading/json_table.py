"""JSON as a table: a list of objects, by itself or as a member of one object, or an object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.refusals import shown
from efc_portal.intake.reading.dialect import Dialect
from efc_portal.intake.reading.encoding import UNREADABLE, text_of
from efc_portal.intake.reading.errors import InvalidFile
from efc_portal.intake.reading.json_cursor import TWICE, JsonCursor
from efc_portal.intake.reading.limits import MAX_COLUMNS
from efc_portal.intake.reading.table import Exact, RawRow, Table
from efc_portal.intake.rows.columns import columns_propose

_SAMPLE = 1_000  # objects in which the names of columns are looked for
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")  # NUL and half characters, which no database keeps
_MAX_EXPONENT = 40


class JsonTable(Table):
    """The names in the first thousand objects are its columns."""

    def __init__(self, stream: BinaryIO, dialect: Dialect) -> None:
        self._stream, self._dialect = stream, dialect
        names: dict[str, None] = {}
        for one in islice(self._objects(), _SAMPLE):
            names.update(dict.fromkeys(one))
        names.pop(TWICE, None)
        if len(names) > MAX_COLUMNS:
            raise InvalidFile(
                _("The objects of the file have more than %(most)s different members. Leave out what is not needed."),
                rule="columns",
                most=MAX_COLUMNS,
            )
        self.columns = [shown(name) for name in names]
        self._places = {name: place for place, name in enumerate(names)}

    def records(self) -> Iterator[RawRow]:
        names = list(self._places)
        for number, one in enumerate(self._objects(), 1):
            cells = [cell_text(value) for value in one.values()] if list(one) == names else self._sorted(one)
            if any(cells):
                yield RawRow(number, cells)

    def _sorted(self, one: dict[str, Any]) -> list[str]:
        """The cells of an object that has not the same names in the same order as the others.

        What has no column, and is one of the template, stands behind all columns, as does a name that stands twice: the
        row says so when it is checked.
        """
        cells = [""] * len(self._places)
        for name, value in one.items():
            if (place := self._places.get(name)) is not None:
                cells[place] = cell_text(value)
            elif name == TWICE:
                cells.append(str(_("twice")))
            elif value not in (None, "") and columns_propose([name]).known:
                cells.append(shown(name))
        return cells

    def _objects(self) -> Iterator[dict[str, Any]]:
        cursor = JsonCursor(text_of(self._stream, self._dialect.encoding))
        for value in self._values(cursor):
            yield value if isinstance(value, dict) else {"value": value}
        cursor.end()

    def _values(self, cursor: JsonCursor) -> Iterator[Any]:
        if self._dialect.sheet:
            for name in cursor.members():
                if cursor.peek() == "[" and shown(name) == self._dialect.sheet:
                    yield from (cursor.value() for _element in cursor.elements())
                else:
                    cursor.skip()
        elif cursor.peek() == "[":
            yield from (cursor.value() for _element in cursor.elements())
        else:
            while cursor.peek() == "{":
                yield cursor.value()


def cell_text(value: Any) -> str:
    """A value as a cell."""
    kind = value.__class__
    if kind is str:
        return value if value.isascii() and "\0" not in value else _UNKEEPABLE.sub(UNREADABLE, value)
    if kind is Exact:
        return _number(value) if "e" in value or "E" in value else value
    if value is None:
        return ""
    if value is True or value is False:
        return "true" if value else "false"
    try:
        return _UNKEEPABLE.sub(UNREADABLE, json.dumps(value, ensure_ascii=False))
    except RecursionError:
        return UNREADABLE


def _number(text: str) -> str:
    """A number without an exponent, where it is one of a size that amounts have."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Exact(text)
    exponent = number.as_tuple().exponent
    fits = isinstance(exponent, int) and abs(exponent) <= _MAX_EXPONENT and len(text) <= _MAX_EXPONENT
    return Exact(f"{number:f}") if fits else Exact(text)
