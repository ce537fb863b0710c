"""Tables as text: what spreadsheets and banks write, read as they mean it."""

from __future__ import annotations

import pytest

from efc_portal.intake.reading import table_open
from tests.intake.samples import HEADER, IBAN, OTHER_IBAN, cells_of, opened, rows_of


def test_quotation_marks_hold_separators_ends_of_lines_and_themselves() -> None:
    data = b'Identifier,Note\n"a,b","first\nsecond"\n"say ""yes""",x\n'
    assert cells_of(data) == [["a,b", "first\nsecond"], ['say "yes"', "x"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_do_anywhere(end: str) -> None:
    data = end.join(["Identifier,Amount", f"{IBAN},1", f"{OTHER_IBAN},2"]).encode()
    assert cells_of(data) == [[IBAN, "1"], [OTHER_IBAN, "2"]]


def test_ends_of_lines_that_lie_across_two_pieces_stay_one() -> None:
    line = f"{IBAN},{'x' * 77}\r\n"
    data = ("Identifier,Note\r\n" + line * 6_000).encode()
    assert cells_of(data) == [[IBAN, "x" * 77]] * 6_000


def test_rows_are_numbered_as_a_spreadsheet_numbers_them() -> None:
    data = f'Identifier,Note\n{IBAN},"two\nlines"\n\n , \n{OTHER_IBAN},x\n'.encode()
    assert [row.number for row in rows_of(data)] == [2, 5]


def test_rows_may_be_shorter_and_longer_than_the_header() -> None:
    assert cells_of(b"Identifier,Amount\na\nb,1,2\n") == [["a"], ["b", "1", "2"]]


def test_reading_goes_on_where_it_stood() -> None:
    data = HEADER.encode() + b"".join(b"%d,,,,,,,\n" % number for number in range(40_000))
    _dialect, table = opened(data)
    whole = list(table.rows())
    for start in (0, 1, 17_000, 39_999, 40_000, 50_000):
        assert list(table.rows(start)) == whole[start:]


def test_a_new_process_goes_on_where_another_stood() -> None:
    data = f"{HEADER}{IBAN},,,,,,,\n\n{OTHER_IBAN},,,,,,,\n".encode()
    dialect, first = opened(data)
    rows = first.rows()
    next(rows)
    stream = first._stream  # type: ignore[attr-defined]
    assert [row.cells[0] for row in table_open(stream, dialect).rows(1)] == [OTHER_IBAN]


def test_an_apostrophe_that_disarms_a_formula_is_taken_away_and_any_other_stays() -> None:
    data = b"Identifier,Note\n'+49 151 23456789,'=1+1\n'quoted',O'Brien\n''=x,it's\n"
    assert cells_of(data) == [["+49 151 23456789", "=1+1"], ["'quoted'", "O'Brien"], ["'=x", "it's"]]


def test_formulas_are_text() -> None:
    assert cells_of(b'Identifier,Note\n=1+1,"=HYPERLINK(""http://x.example"")"\n') == [
        ["=1+1", '=HYPERLINK("http://x.example")']
    ]


def test_what_the_encoding_does_not_know_and_nul_are_marked_and_the_rest_is_read() -> None:
    filler = f"{IBAN},x\n" * 1_000
    data = b"\xff\xfe" + f"Identifier,Note\n{filler}".encode("utf-16-le") + b"\x00\xd8" + ",\n".encode("utf-16-le")
    assert cells_of(data)[-2:] == [[IBAN, "x"], ["\ufffd", ""]]
    assert cells_of(f"Identifier,Note\n{filler}a\0b,x\n".encode())[-1] == ["a\ufffdb", "x"]
