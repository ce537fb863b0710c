"""TXT and CSV: encodings, control characters, tables, and names that say something else."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efc_portal.core.content import Reason, RefusedContent
from tests.core.content.samples import TABLE, door, kept, refusal

LETTERS = "Überweisung: 20 € an Café Société – “Spende”\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TABLE.encode(), "UTF-8"),
        (LETTERS.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + LETTERS.encode(), "UTF-8-BOM"),
        (codecs.BOM_UTF16_LE + LETTERS.encode("utf-16-le"), "UTF-16LE"),
        (codecs.BOM_UTF16_BE + LETTERS.encode("utf-16-be"), "UTF-16BE"),
        (LETTERS.encode("cp1252"), "Windows-1252"),
    ],
)
@pytest.mark.parametrize("name", ["payments.txt", "payments.csv"])
def test_the_encoding_is_found_and_kept(data: bytes, encoding: str, name: str) -> None:
    inspection = door(data, name)
    assert inspection.encoding == encoding
    assert inspection.kind == name[-3:]
    assert inspection.size == len(data)
    assert kept(data, name) == data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (LETTERS.encode("utf-16-le"), Reason.UNKNOWN),  # no byte order mark
        (LETTERS.encode("utf-32"), Reason.UNKNOWN),
        (b"Payments \x81 and more", Reason.ENCODING),  # nothing in Windows-1252
        (codecs.BOM_UTF8 + b"\xff\xff", Reason.ENCODING),
        (codecs.BOM_UTF16_LE + b"a\x00b", Reason.ENCODING),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", Reason.ENCODING),  # half a surrogate pair
    ],
)
def test_other_encodings_are_refused(data: bytes, reason: Reason) -> None:
    refused = refusal(data, "payments.csv")
    assert refused.reason in (reason, Reason.ENCODING)


@pytest.mark.parametrize("control", ["\x00", "\x01", "\x0b", "\x0c", "\x1b", "\x7f"])
def test_control_characters_are_refused_wherever_they_stand(control: str) -> None:
    assert refusal(f"Paid{control} 20 EUR".encode(), "note.txt").reason in (Reason.UNKNOWN, Reason.CONTROL)
    late = refusal(("Paid 20 EUR\n" * 10_000 + f"x{control}").encode(), "note.txt")
    assert late.reason is Reason.CONTROL
    assert "Line 10001 " in late.message
    wide = refusal(codecs.BOM_UTF16_LE + f"Paid\n{control}".encode("utf-16-le"), "note.txt")
    assert wide.reason is Reason.CONTROL


def test_control_characters_of_unicode_are_refused_too() -> None:
    assert refusal("Paid \u009b31m".encode(), "note.txt").reason is Reason.CONTROL


def test_a_picture_behind_a_utf_16_mark_is_refused() -> None:
    png = b"\x89PNG\r\n\x1a\n"
    assert refusal(codecs.BOM_UTF16_LE + png * 40, "note.txt")


@pytest.mark.parametrize(
    "table",
    [
        "a,b\n1,2\n",
        "a;b\r\n1;2\r\n",
        "a\tb\r1\t2\r",
        "one column\nonly\n",
        'a;b\n"two\nlines";"a ""quoted"" word"\n',
        'sep=;\n"a;b";"1"\n',
        "a;b\n5' 3\" tall;x\n",  # a quotation mark inside a cell is none
        'a;b\n1;"last"',
    ],
)
def test_tables_of_all_usual_forms_come_in(table: str) -> None:
    assert door(table.encode(), "payments.csv").kind == "csv"


def test_a_quotation_mark_left_open_is_named_with_its_line() -> None:
    refused = refusal(b'a;b\n1;2\n3;"four\n5;6\n', "payments.csv")
    assert refused.reason is Reason.MALFORMED
    assert "line 3" in refused.message


def test_a_cell_without_end_is_no_table() -> None:
    assert refusal(b"a;b\n1;" + b"x" * 200_000, "payments.csv").reason is Reason.MALFORMED
    assert refusal(b"a;b\n" + b"x;" * 700_000, "payments.csv").reason is Reason.TOO_COMPLEX


@pytest.mark.parametrize(
    ("data", "name", "ending"),
    [
        (TABLE, "payments.xlsx", ".txt"),
        (TABLE, "payments.pdf", ".txt"),
        (TABLE, "payments.log", ".txt"),
        (TABLE, "payments", ".txt"),
        (TABLE, "payments.csv.exe", ".txt"),
        ('{"a": 1}', "payments.txt", ".json"),
        ('{"a": 1}', "payments.csv", ".json"),
        ("<r>1</r>", "payments.csv", ".xml"),
        ("<r>1</r>", "payments.json", ".xml"),
    ],
)
def test_a_name_that_does_not_fit_the_content_is_refused(data: str, name: str, ending: str) -> None:
    refused = refusal(data.encode(), name)
    assert refused.reason is Reason.NAME
    assert f"ends in {ending}" in refused.message
    assert name in refused.message


def test_endings_are_read_in_any_case() -> None:
    assert door(TABLE.encode(), "PAYMENTS.CSV").kind == "csv"


def test_too_large_files_are_told_the_limit() -> None:
    refused = refusal(b"a" * (20 * 1024 * 1024 + 1), "note.txt")
    assert refused.reason is Reason.TOO_LARGE
    assert "20 MB" in refused.message


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Nd"]), min_size=1, max_size=300))
def test_any_text_that_comes_in_is_kept_byte_for_byte(text: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        data = text.encode(encoding)
        try:
            stored = kept(data, "note.txt")
        except RefusedContent:
            continue
        assert stored == data
