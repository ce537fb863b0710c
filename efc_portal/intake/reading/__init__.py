"""Reading a file for intake: what it is, found by its content, and its rows, with flat memory whatever its size."""

from __future__ import annotations

from typing import BinaryIO

from efc_portal.intake.reading.delimited import DelimitedTable
from efc_portal.intake.reading.detect import dialect_detect
from efc_portal.intake.reading.dialect import Dialect
from efc_portal.intake.reading.errors import InvalidFile
from efc_portal.intake.reading.table import Exact, RawRow, Table

__all__ = ["Dialect", "Exact", "InvalidFile", "RawRow", "Table", "dialect_detect", "table_open"]


def table_open(stream: BinaryIO, dialect: Dialect) -> Table:
    """Open a file for reading. The stream is seekable, and belongs to the table until it is read.

    Raises `InvalidFile`, also while rows are read.
    """
    return _TABLES[dialect.kind](stream, dialect)


_TABLES = {"csv": DelimitedTable}
