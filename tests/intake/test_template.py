"""The template, as somebody downloads it, fills it in and sends it back."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.utils import translation

from efc_portal.core.content import inspect
from efc_portal.indicators.types import TYPES
from efc_portal.intake import template
from efc_portal.intake.reading import Dialect, Table, table_open
from efc_portal.intake.rows import COLUMNS, Formats, columns_propose, rows_check
from tests.intake.samples import IBAN, opened


def all_good(table: Table, language: str) -> int:
    """How many rows a table has, each of them right, as a person reading another language sends it."""
    with translation.override(language):
        checked = rows_check(list(table.rows()), columns_propose(table.columns), Formats(), region="DE")
        assert not checked.errors, [(one.column, str(one.sentence)) for one in checked.errors]
    return len(checked.rows)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_examples_of_every_type_are_right_in_either_file(language: str) -> None:
    with translation.override(language):
        workbook, text = template.template_xlsx(), template.examples_csv()
        sheet = str(translation.gettext("Examples"))
    of_workbook = table_open(io.BytesIO(workbook), Dialect("xlsx", sheet=sheet))
    assert all_good(of_workbook, "en") == all_good(opened(text)[1], "en") == len(TYPES)


def test_the_file_to_fill_in_is_empty_and_its_columns_are_known() -> None:
    for data in (template.template_csv(), template.template_xlsx()):
        _dialect, table = opened(data)
        assert list(table.rows()) == []
        assert columns_propose(table.columns).known == len(COLUMNS)


def test_the_workbook_opens_on_the_sheet_to_fill_in_and_passes_the_door() -> None:
    data = template.template_xlsx()
    assert opened(data)[0].sheet == "Data"
    assert inspect(io.BytesIO(data), filename="template.xlsx").pans == 0


def test_a_filled_in_workbook_comes_back() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template.template_xlsx()))
    book["Data"].append([IBAN, "iban", "sender", 12.5, "EUR", "2026-03-31", "bank_transfer"])
    out = io.BytesIO()
    book.save(out)
    assert all_good(opened(out.getvalue())[1], "en") == 1


def test_cells_for_values_are_text_so_that_no_number_is_shortened() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template.template_xlsx()))
    assert book["Data"].column_dimensions["A"].number_format == "@"


def test_the_dictionary_explains_every_column_and_the_types_every_type() -> None:
    lines = template.dictionary()
    assert [line.column for line in lines] == template.template_names()
    assert all(line.meaning and line.format and line.required for line in lines)
    assert {line.code for line in template.types()} == set(TYPES)
    assert opened(template.dictionary_csv())[1].columns[:3] == ["Column", "Meaning", "Required"]
