"""Reading a file for intake: what it is, found by its content, and its rows, with flat memory whatever its size."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from efc_portal.intake.reading.delimited import DelimitedTable
from efc_portal.intake.reading.detect import dialect_detect
from efc_portal.intake.reading.dialect import Dialect
from efc_portal.intake.reading.errors import InvalidFile
from efc_portal.intake.reading.json_table import JsonTable
from efc_portal.intake.reading.misp import MispTable
from efc_portal.intake.reading.stix import StixTable
from efc_portal.intake.reading.table import Exact, RawRow, Table
from efc_portal.intake.reading.workbook import WorkbookTable

__all__ = ["Dialect", "Exact", "InvalidFile", "RawRow", "Table", "dialect_detect", "table_open"]


def table_open(stream: BinaryIO, dialect: Dialect) -> Table:
    """Open a file for reading. The stream is seekable, and belongs to the table until it is read.

    Raises `InvalidFile`, also while rows are read.
    """
    return _TABLES[dialect.kind](stream, dialect)


_TABLES: dict[str, Callable[[BinaryIO, Dialect], Table]] = {
    "csv": DelimitedTable,
    "xlsx": WorkbookTable,
    "json": JsonTable,
    "stix": StixTable,
    "misp": MispTable,
}
