"""What goes back to the reporter, and comes in again mended."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from efc_portal.core.spreadsheets import cell
from efc_portal.intake.reading.report import BrokenLine, ErrorLine, errors_csv, mend_csv
from efc_portal.intake.rows import Formats, columns_propose, rows_check
from tests.intake.samples import CARD, HEADER, IBAN, WRONG_IBAN, opened

NAMES = HEADER.strip().split(",")


def lines_of(parts: list[bytes]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(parts).decode("utf-8-sig"), newline="")))


def test_the_list_of_errors_names_row_column_masked_value_rule_and_hint() -> None:
    lines = lines_of(list(errors_csv([ErrorLine(7, "IBAN", "DE89…3001", "checksum", "Wrong checksum.")])))
    assert lines == [
        ["Row", "Column", "Value, masked", "Rule", "What to do"],
        ["7", "IBAN", "DE89…3001", "checksum", "Wrong checksum."],
    ]


def test_nothing_in_the_list_of_errors_is_run_by_a_spreadsheet() -> None:
    lines = lines_of(list(errors_csv([ErrorLine(7, "=cmd", "+49…", "rule", "@x")])))
    assert [one[:1] for one in lines[1][1:]] == ["'", "'", "r", "'"]


def test_what_was_mended_comes_in_again() -> None:
    _dialect, table = opened(f"{HEADER}+49 1512 345678900,phone,,,,,,\n{WRONG_IBAN},,,,,,,\n{IBAN},,,,,,,\n".encode())
    columns = columns_propose(table.columns)
    checked = rows_check(list(table.rows()), columns, Formats(), region=None)
    assert len(checked.rows) == 1
    hints = {number: [str(one.sentence) for one in checked.errors if one.number == number] for number in checked.broken}
    sent = b"".join(
        mend_csv(table.columns, (BrokenLine(checked.broken[one], hints[one], "") for one in checked.broken))
    )
    mended = sent.replace(b"345678900", b"3456789").replace(WRONG_IBAN.encode(), IBAN.encode())

    dialect, again = opened(mended)
    assert (dialect.delimiter, dialect.encoding, again.columns[:-2]) == (",", "UTF-8", NAMES)
    columns = columns_propose(again.columns)
    rows = rows_check(list(again.rows()), columns, Formats(), region=None)
    assert not rows.errors
    assert [row.recognised.canonical for row in rows.rows] == ["+4915123456789", IBAN]


def test_reasons_stand_behind_the_columns_and_slipped_cells_behind_these() -> None:
    sent = list(mend_csv(["a", "b"], [BrokenLine(["1"], ["x", "y"], "F1-R2"), BrokenLine(["1", "2", "3"], ["z"], "")]))
    assert lines_of(sent) == [
        ["a", "b", "What is wrong", "Row that this mends"],
        ["1", "", "x y", "F1-R2"],
        ["1", "2", "z", "", "3"],
    ]


def test_full_card_numbers_do_not_go_out() -> None:
    assert CARD.encode() not in b"".join(mend_csv(["a"], [BrokenLine([f"card {CARD}"], [], "")]))


PRINTABLE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20)


@settings(deadline=None)
@given(st.lists(st.lists(PRINTABLE, min_size=2, max_size=2), min_size=1, max_size=5))
def test_cells_come_back_as_they_were(rows: list[list[str]]) -> None:
    head = b"Identifier;Note\n"
    _dialect, table = opened(head + b"x;y\n")
    sent = b"".join(mend_csv(table.columns, (BrokenLine(row, ["reason"], "F1-R2") for row in rows)))
    _dialect, again = opened(sent)
    assert [row.cells[:2] for row in again.rows()] == rows


def test_the_same_apostrophe_means_the_same_on_both_ways() -> None:
    for text in ("=1+1", "'=1+1", "'", "''", "+49", "-", "@x", "x'y", "\uff1d1"):
        assert cell(text) != text or text[:1] not in "=+-@'"
