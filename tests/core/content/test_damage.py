"""Damaged and hostile documents get a sentence, never an error of the portal's own."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from efc_portal.core.content import Inspection, Reason, RefusedContent, inspect
from tests.core.content.samples import Paper, answer, refusal, repacked, workbook

PDF = typst.compile(b"= Payments\n#table(columns: 2, [date], [amount], [4 March], [20.00])\n")
XLSX = workbook()
PARTS = [
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
]
TOKENS = [b"/Type", b"/Contents", b"null", b"<<", b">>", b"[", b"]", b"(", b"0 R", b"-1", b"99999999", b"1e999", b"/W"]

Change = tuple[float, bytes, int]  # where, what, how many bytes it replaces
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.binary(max_size=3) | st.sampled_from(TOKENS), st.integers(0, 9)),
    min_size=1,
    max_size=8,
)


def damaged(data: bytes, changes: list[Change]) -> bytes:
    for where, what, length in changes:
        place = int(where * len(data))
        data = data[:place] + what + data[place + length :]
    return data


def answered(given: Inspection | RefusedContent) -> bool:
    return isinstance(given, Inspection) or bool(given.message)


@settings(deadline=None, max_examples=200)
@given(CHANGES)
def test_a_damaged_pdf_is_answered(changes: list[Change]) -> None:
    assert answered(answer(damaged(PDF, changes), "statement.pdf"))


@settings(deadline=None, max_examples=100)
@given(CHANGES)
def test_a_damaged_workbook_is_answered(changes: list[Change]) -> None:
    assert answered(answer(damaged(XLSX, changes), "payments.xlsx"))


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(PARTS), CHANGES)
def test_a_damaged_part_is_answered(part: str, changes: list[Change]) -> None:
    data = repacked(XLSX, change={part: lambda before: damaged(before, changes)})
    assert answered(answer(data, "payments.xlsx"))


def test_a_part_without_a_name_is_refused() -> None:
    data = XLSX.replace(b"xl/styles.xml", b"\0" * 13)
    assert answered(answer(data, "payments.xlsx"))


def font_of(**entries: object) -> Callable[[Paper], pikepdf.Object]:
    return lambda made: made.pdf.make_indirect(Dictionary(Type=Name.Font, **entries))


@pytest.mark.parametrize(
    "font",
    [
        font_of(Subtype=Name.Type0, DescendantFonts=Array([None])),
        font_of(Subtype=Name.Type0, DescendantFonts=Array([Dictionary(W=Array([1, Name.X, Name.Y]))])),
        font_of(Subtype=Name.Type1, Encoding=Dictionary(Differences=Array(["text"]))),
        font_of(Subtype=Name.Type1, Widths=Array([Name.X])),
        font_of(Subtype=Name.Type1, FirstChar=Name.X, Widths=Array([1])),
    ],
)
def test_values_of_the_wrong_type_are_a_damaged_document(font: Callable[[Paper], pikepdf.Object]) -> None:
    made = Paper()
    page = made.page()
    page.obj.Resources.Font.F1 = font(made)
    refused = refusal(made.bytes(), "statement.pdf")
    assert refused.reason is Reason.MALFORMED
    assert "damaged" in refused.message


def test_a_document_read_from_a_real_file_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    with (tmp_path / "a.pdf").open("rb") as file:
        assert inspect(file, filename="a.pdf") == inspect(io.BytesIO(PDF), filename="a.pdf")
