"""Rows of a file, from cells of text to what the portal keeps: identifiers, amounts, days."""

from __future__ import annotations

from efc_portal.intake.rows.check import Checked, Row, RowError, rows_check
from efc_portal.intake.rows.columns import COLUMNS, Column, Columns, columns_propose
from efc_portal.intake.rows.formats import DATES, DECIMALS, Formats

__all__ = [
    "COLUMNS",
    "DATES",
    "DECIMALS",
    "Checked",
    "Column",
    "Columns",
    "Formats",
    "Row",
    "RowError",
    "columns_propose",
    "rows_check",
]
