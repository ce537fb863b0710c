"""Workbooks: cells come as what they are, whatever format people state for text."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from efc_portal.intake.reading import Dialect, Exact, dialect_detect, table_open
from tests.core.content.samples import repacked, saved, workbook
from tests.intake.samples import IBAN, OTHER_IBAN, cells_of, opened, refusal, rows_of

SHEET = "xl/worksheets/sheet1.xml"


def with_rows(xml: str) -> bytes:
    """A workbook whose sheet has just these rows."""
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return repacked(workbook(), change={SHEET: lambda _part: head + xml.encode() + b"</sheetData></worksheet>"})


def test_numbers_days_and_words_come_as_what_they_are() -> None:
    cells = [
        [IBAN, 1234.5, date(2026, 3, 4), datetime(2026, 3, 4, 23, 30), True, "03/04/2026"],  # noqa: DTZ001
        [IBAN, 0.1 + 0.2, date(1900, 1, 15), None, False, 7],
        [IBAN, 0.00001234, None, time(12, 0), None, 491512345678],
    ]
    names = ["Identifier", "Amount", "Date", "Time", "Flag", "Note"]
    assert cells_of(workbook([names, *cells])) == [
        [IBAN, "1234.5", "2026-03-04", "2026-03-04", "true", "03/04/2026"],
        [IBAN, "0.3", "1900-01-15", "", "false", "7"],
        [IBAN, "0.00001234", "", "0.5", "", "491512345678"],
    ]


def test_numbers_are_told_apart_from_text() -> None:
    (row,) = rows_of(workbook([["Identifier", "Amount", "Note"], [IBAN, 12.5, "12.5"]]))
    assert [type(cell) is Exact for cell in row.cells] == [False, True, False]


def test_days_of_workbooks_that_count_from_1904() -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    for row in (["Identifier", "Date"], [IBAN, date(2026, 3, 4)]):
        book.active.append(row)  # type: ignore[union-attr]
    assert cells_of(saved(book)) == [[IBAN, "2026-03-04"]]


def test_a_formula_is_the_value_that_was_last_computed() -> None:
    data = with_rows(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>IBAN</t></is></c></row>'
        f'<row r="2"><c r="A2" t="str"><f>"DE"&amp;B2</f><v>{IBAN}</v></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f>NOW()</f></c></row>'
    )
    assert cells_of(data) == [[IBAN, "2"]]


def test_text_in_pieces_is_one_and_how_it_is_pronounced_is_left_out() -> None:
    data = with_rows(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Identifier</t></is></c></row>'
        f'<row r="2"><c r="A2" t="inlineStr"><is><r><t>{IBAN[:4]}</t></r><r><t>{IBAN[4:]}</t></r>'
        '<rPh sb="0" eb="1"><t>x</t></rPh></is></c></row>'
    )
    assert cells_of(data) == [[IBAN]]


def test_rows_and_cells_that_are_left_out_leave_their_place() -> None:
    data = with_rows(
        '<row r="2"><c r="A2" t="str"><v>IBAN</v></c><c r="C2" t="str"><v>Amount</v></c></row>'
        f'<row r="5"><c r="C5"><v>12</v></c><c r="A5" t="str"><v>{IBAN}</v></c></row>'
        f'<row r="6"><c r="B6" t="str"><v> </v></c></row><row r="9"><c r="A9" t="str"><v>{OTHER_IBAN}</v></c></row>'
    )
    assert [(row.number, row.cells) for row in rows_of(data)] == [(5, [IBAN, "", "12"]), (9, [OTHER_IBAN])]


def test_cells_without_an_address_follow_each_other() -> None:
    cell = '<c t="str"><v>{}</v></c>'
    data = with_rows(
        "".join(f"<row>{cell.format(a)}{cell.format(b)}</row>" for a, b in (("IBAN", "Note"), (IBAN, "x")))
    )
    assert cells_of(data) == [[IBAN, "x"]]


def test_references_to_texts_that_do_not_exist_are_empty() -> None:
    data = with_rows(
        '<row r="1"><c r="A1" t="str"><v>IBAN</v></c></row><row r="2"><c r="A2" t="s"><v>99999</v></c>'
        '<c r="B2" t="str"><v>x</v></c></row>'
    )
    assert cells_of(data) == [["", "x"]]


def two_sheets() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Read me"  # type: ignore[union-attr]
    book.active.append(["How to fill this in"])  # type: ignore[union-attr]
    data = book.create_sheet("Payments")
    data.append(["IBAN", "Amount", "Currency"])
    data.append([IBAN, 1, "EUR"])
    hidden: Any = book.create_sheet("Lists")
    hidden.sheet_state = "hidden"
    return saved(book)


def test_the_sheet_with_known_columns_is_proposed_and_another_may_be_chosen() -> None:
    dialect, table = opened(two_sheets())
    assert (dialect.sheet, dialect.sheets) == ("Payments", ("Read me", "Payments"))
    assert table.columns == ["IBAN", "Amount", "Currency"]
    other = table_open(io.BytesIO(two_sheets()), Dialect("xlsx", sheet="Read me", header=False))
    assert [row.cells for row in other.rows()] == [["How to fill this in"]]


def test_a_sheet_that_is_not_there_is_a_sentence() -> None:
    error = refusal(lambda: table_open(io.BytesIO(two_sheets()), Dialect("xlsx", sheet="Nowhere")))
    assert "Nowhere" in error.message


def test_reading_goes_on_where_it_stood() -> None:
    data = workbook([["Identifier", "Note"], *([f"value {number}", "x"] for number in range(3_000))])
    table = opened(data)[1]
    whole = list(table.rows())
    assert list(table.rows(1_234)) == whole[1_234:]
    assert whole[-1].number == 3_001


def test_an_apostrophe_that_disarms_a_formula_is_taken_away() -> None:
    assert cells_of(workbook([["Identifier", "Note"], ["'+49 151 23456789", "'=1"]])) == [["+49 151 23456789", "=1"]]


@pytest.mark.parametrize("ending", ["payments.csv", "payments"])
def test_the_name_does_not_matter(ending: str) -> None:
    assert dialect_detect(io.BytesIO(workbook()), ending).kind == "xlsx"
