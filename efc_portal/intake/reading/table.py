"""A file as a table: the names of its columns, and its rows, one after the other."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from efc_portal.intake.reading.errors import InvalidFile
from efc_portal.intake.reading.limits import MAX_ROWS


class RawRow(NamedTuple):
    """A row as it stands in the file. `number`, its own alone, is what a spreadsheet shows, or its place in a list."""

    number: int
    cells: list[str]


class Exact(str):
    """The cell of a file whose cells have types, and this one's is a number: it has a point, whatever people state."""

    __slots__ = ()


class Table(ABC):
    """`columns` are the names in the file. `left_out` counts what was read and is no identifier; it grows meanwhile."""

    columns: list[str]
    left_out: int = 0

    @abstractmethod
    def records(self) -> Iterator[RawRow]:
        """Every row that is not empty, from the first."""

    def rows(self, start: int = 0) -> Iterator[RawRow]:
        """The rows, without the first `start`. Raises `InvalidFile` where the file cannot be read on."""
        records = self.records()
        yield from islice(records, start, MAX_ROWS)
        if next(records, None) is not None:
            raise InvalidFile(
                _("The file has more than %(most)s rows. Split it, and send the parts one by one."),
                rule="rows",
                most=f"{MAX_ROWS:,}",
            )
