"""The coalition's data collection template, as files to fill in, in the reader's language.

What it says of types comes from their declarations, so that a new type stands in it by itself.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from efc_portal.core.money import VIRTUAL_CURRENCIES
from efc_portal.core.spreadsheets import cell
from efc_portal.indicators.types import TYPES
from efc_portal.intake.rows import COLUMNS
from efc_portal.submissions.enums import Method, SightingRole

_DAY = date(2026, 3, 31)
_ROWS = 10_000  # of the sheet to fill in, in which a list of choices opens
_TEXT, _DATE = "@", "yyyy-mm-dd"
_WIDTHS = {"value": 46, "type": 26, "role": 24, "method": 30}


class DictionaryLine(NamedTuple):
    """What there is to know of one column."""

    column: str
    meaning: str
    required: str
    values: str
    format: str
    example: str


class TypeLine(NamedTuple):
    """What there is to know of one type of identifier."""

    code: str
    label: str
    help: str
    example: str


def template_names() -> list[str]:
    """The names of the columns."""
    return [str(column.label) for column in COLUMNS]


def dictionary() -> list[DictionaryLine]:
    """The data dictionary: a line for each column, in their order."""
    values = {
        "type": ", ".join(TYPES),
        "role": _coded(SightingRole.choices),
        "method": _coded(Method.choices),
        "currency": _("ISO 4217 codes; %(tickers)s") % {"tickers": ", ".join(VIRTUAL_CURRENCIES)},
        "country": _("ISO 3166-1 codes of two letters"),
    }
    formats = {
        "value": _("Text. Format the column as text, so that a spreadsheet shortens no number."),
        "type": _("A code, or a type’s name"),
        "role": _("A code, or its words"),
        "method": _("A code, or its words"),
        "amount": _("Digits with at most one decimal mark; no sign, no currency"),
        "currency": _("Three to five letters"),
        "date": _("2026-03-31, or the order that you state when you upload the file"),
        "country": _("A code, or the country’s name"),
    }
    required = {"value": _("Always"), "currency": _("With an amount")}
    example = dict(zip((column.key for column in COLUMNS), _texts(examples()[0]), strict=True))
    return [
        DictionaryLine(
            str(column.label),
            str(column.meaning),
            required.get(column.key, _("No")),
            values.get(column.key, ""),
            formats[column.key],
            example[column.key],
        )
        for column in COLUMNS
    ]


def types() -> list[TypeLine]:
    """Every type of identifier, as its declaration tells it."""
    return [
        TypeLine(code, str(declaration.label), str(declaration.help), declaration.example)
        for code, declaration in TYPES.items()
    ]


def examples() -> list[list[object]]:
    """A row for each type of identifier, as it may stand in the template."""
    return [
        [
            declaration.example,
            str(declaration.label),
            str(SightingRole.RECIPIENT.label if declaration.method else SightingRole.CONTACT.label),
            Decimal("120.50") if declaration.method else None,
            "EUR" if declaration.method else None,
            _DAY,
            str(Method(declaration.method).label) if declaration.method else None,
            None,
        ]
        for declaration in TYPES.values()
    ]


def template_csv() -> bytes:
    """The names of the columns alone: rows of examples would be sent along by mistake."""
    return _csv([template_names()])


def examples_csv() -> bytes:
    return _csv([template_names(), *map(_texts, examples())])


def dictionary_csv() -> bytes:
    return _csv([_dictionary_head(), *dictionary()])


def template_xlsx() -> bytes:
    """A workbook: a sheet to fill in, one of examples, the data dictionary, the types of identifiers."""
    book = Workbook()
    sheet = book.active
    sheet.title = _sheet_name(_("Data"))
    _fill(sheet, template_names(), ())
    _choices(sheet)
    _fill(book.create_sheet(_sheet_name(_("Examples"))), template_names(), examples())
    _explain(book.create_sheet(_sheet_name(_("Data dictionary"))), _dictionary_head(), dictionary())
    _explain(book.create_sheet(_sheet_name(_("Types"))), [_("Code"), _("Type"), _("What it is"), _("Example")], types())
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _dictionary_head() -> list[str]:
    return [_("Column"), _("Meaning"), _("Required"), _("Values"), _("Format"), _("Example")]


def _coded(choices: Iterable[tuple[str, object]]) -> str:
    return "; ".join(f"{code} ({label})" for code, label in choices)


def _texts(row: Sequence[object]) -> list[str]:
    return ["" if one is None else one.isoformat() if isinstance(one, date) else str(one) for one in row]


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows([cell(one) for one in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _sheet_name(name: str) -> str:
    """As spreadsheets allow it: 31 characters, some signs not among them."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in name)[:31]


def _fill(sheet: Any, names: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A sheet with the template's columns; text stays text in it, and days are days."""
    sheet.append(list(names))
    for row in rows:
        sheet.append(list(row))
    _head(sheet)
    for place, column in enumerate(COLUMNS, 1):
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = _WIDTHS.get(column.key, 14)
        form = {"date": _DATE, "amount": "General"}.get(column.key, _TEXT)
        dimension.number_format = form
        for (one,) in sheet.iter_rows(min_row=2, min_col=place, max_col=place):
            one.number_format = form


def _choices(sheet: Any) -> None:
    """Lists that open in the cells of columns with few values; other words may be written all the same."""
    lists = {"role": SightingRole.values, "method": Method.values, "type": list(TYPES)}
    for place, column in enumerate(COLUMNS, 1):
        joined = ",".join(lists.get(column.key, ()))
        if not 0 < len(joined) <= 255:  # as much as a list may hold
            continue
        choice = DataValidation(type="list", formula1=f'"{joined}"', allow_blank=True, showErrorMessage=False)
        letter = get_column_letter(place)
        choice.add(f"{letter}2:{letter}{_ROWS}")
        sheet.add_data_validation(choice)


def _explain(sheet: Any, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    _head(sheet)
    for place in range(1, len(head) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 22 if place == 1 else 44
    for row in sheet.iter_rows(min_row=2):
        for one in row:
            one.alignment = Alignment(wrap_text=True, vertical="top")


def _head(sheet: Any) -> None:
    for row in sheet.iter_rows(min_row=2):
        for one in row:
            if isinstance(one.value, str):
                one.data_type = "s"  # text, also where it begins like a formula
    for one in sheet[1]:
        one.font = Font(bold=True)
    sheet.freeze_panes = "A2"
