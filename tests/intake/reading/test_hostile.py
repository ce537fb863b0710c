"""Files made to do harm: a sentence each, little of them read, and little held meanwhile."""

from __future__ import annotations

import io
import zipfile
from typing import Any, BinaryIO, cast

import pytest

from efc_portal.intake.reading import dialect_detect, table_open
from efc_portal.intake.reading.limits import MAX_BYTES, MAX_ROWS
from tests.core.content.samples import in_sheet, repacked, workbook
from tests.intake.samples import HEADER, IBAN, Produced, as_json, count, opened, peak_of, refusal

MB = 1024 * 1024
SOME = 24 * MB  # what may be held: pieces, one row, the sample


def read_through(stream: Produced) -> int:
    source = cast(BinaryIO, stream)
    dialect = dialect_detect(source, "rows")
    stream.bytes_read, stream.is_known = 0, True
    return count(table_open(source, dialect).rows())


def refused_early(stream: Produced) -> str:
    """Refused with a sentence, after few bytes and with flat memory; gives the rule."""
    rules: list[str] = []
    peak = peak_of(lambda: rules.append(refusal(lambda: read_through(stream)).rule))
    assert peak < SOME
    assert stream.bytes_read < (SOME if stream.is_known else stream.size + SOME)  # once for its encoding, at most
    return rules[0]


NEARLY_ALL = MAX_BYTES - 1000


def test_one_line_without_end() -> None:
    assert refused_early(Produced(b"x", NEARLY_ALL, head=b"Identifier,Amount\n")) == "long_row"


def test_one_line_without_end_from_the_first_byte() -> None:
    assert refused_early(Produced(b"x", NEARLY_ALL)) == "long_row"


def test_a_million_columns() -> None:
    assert refused_early(Produced(b"a,", 1_000_000, head=HEADER.encode())) in ("columns", "long_row")


def test_thousands_of_columns() -> None:
    assert refused_early(Produced(b"a,", 5_000, head=HEADER.encode(), tail=b"\n")) == "columns"


def test_a_quotation_mark_that_is_never_closed() -> None:
    stream = Produced(b"DE89370400440532013000,1\n", 4_000_000, head=b'Identifier,Amount\n"')
    assert refused_early(stream) == "quote"


def test_a_row_that_goes_on_over_millions_of_lines() -> None:
    assert refused_early(Produced(b'"a\n",', 20_000_000, head=HEADER.encode())) in ("long_row", "columns")


def test_bytes_of_no_text_behind_a_good_beginning() -> None:
    stream = Produced(b"\x00", 50_000_000, head=HEADER.encode() + b"a,,,,,,,\n" * 8_000)
    assert refused_early(stream) == "long_row"


def test_more_rows_than_a_file_may_have() -> None:
    stream = Produced(b"a\n", MAX_ROWS + 10, head=b"Identifier\n")
    error = refusal(lambda: read_through(stream))
    assert error.rule == "rows"
    assert "2,000,000" in error.message


def test_memory_is_the_same_for_ten_times_the_rows() -> None:
    line = f"{IBAN},,sender,12.50,EUR,2026-03-31,bank_transfer,DE\n".encode()
    few, many = (peak_of(lambda n=n: read_through(Produced(line, n, head=HEADER.encode()))) for n in (10_000, 50_000))
    assert many < few * 1.2


def test_json_without_end() -> None:
    assert refused_early(Produced(b"[", 10_000_000)) in ("deep", "malformed", "long_row")
    assert refused_early(Produced(b'{"a":', 2_000_000)) in ("deep", "malformed", "long_row")
    assert refused_early(Produced(b"x", 50_000_000, head=b'[{"iban":"')) == "long_row"
    assert refused_early(Produced(b"9", 50_000_000, head=b'[{"iban":')) == "long_row"


def test_blanks_without_end_are_passed_over() -> None:
    stream = Produced(b" ", 20_000_000, head=b"[", tail=b'{"iban": "x"}]')
    counts: list[int] = []
    assert peak_of(lambda: counts.append(read_through(stream))) < SOME
    assert counts == [1]


def test_json_of_many_rows_is_read_with_flat_memory() -> None:
    row = b'{"iban":"DE89370400440532013000","amount":12.5},'
    few, many = (
        peak_of(lambda n=n: read_through(Produced(row, n, head=b"[", tail=row[:-1] + b"]"))) for n in (15_000, 45_000)
    )
    assert many < few * 1.2


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b'[{"a": 1}', "malformed"),
        (b'[{"a": 1},]', "malformed"),
        (b'[{"a": NaN}]', "malformed"),
        (b'[{"a": 1}] and more', "malformed"),
        (b'[{"a": "' + b"x" * 200 + b'\x01"}]', "malformed"),
        (b'[{"a" 1}]', "malformed"),
        (b"[]", "empty"),
        (b'[{"a": ' + b"[" * 5_000 + b"]" * 5_000 + b"}]", "deep"),
    ],
)
def test_broken_json_is_told_where_it_breaks(data: bytes, rule: str) -> None:
    assert refusal(lambda: count(opened(data)[1].rows())).rule == rule


def test_a_json_of_a_thousand_members_is_told_so() -> None:
    data = as_json([{f"member{number}": number for number in range(1_000)}])
    assert refusal(lambda: opened(data)).rule == "columns"


def test_huge_numbers_are_text_and_no_work() -> None:
    data = b'[{"iban": ' + b"9" * 100_000 + b', "amount": 1e999999999}]'
    cells = next(opened(data)[1].rows()).cells
    assert cells[0] == "9" * 100_000
    assert cells[1] == "1e999999999"


def test_half_characters_and_nul_in_json_are_marked() -> None:
    data = b'[{"iban": "a\\ud800b", "note": "x\\u0000y"}]'
    assert next(opened(data)[1].rows()).cells == ["a\ufffdb", "x\ufffdy"]


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


def changed(part: str, change: Any) -> bytes:
    return repacked(workbook(), change={part: change})


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (changed("xl/workbook.xml", lambda part: ENTITIES + part.partition(b"?>")[2]), "dtd"),
        (changed("xl/worksheets/sheet1.xml", lambda part: ENTITIES + part), "dtd"),
        (changed("xl/worksheets/sheet1.xml", lambda part: part[:-40]), "malformed"),
        (changed("xl/workbook.xml", lambda part: b"<w>" * 200), "too_complex"),
        (repacked(workbook(), add={"xl/media/image1.png": b"\x89PNG\r\n\x1a\n"}), "picture_inside"),
        (repacked(workbook(), add={"xl/vbaProject.bin": b"x"}), "active"),
        (repacked(workbook(), add={"xl/embeddings/oleObject1.bin": b"x"}), "file_inside"),
        (repacked(workbook(), add={"xl/externalLinks/externalLink1.xml": b"<x/>"}), "linked"),
        (workbook()[:-30], "archive"),
        (workbook() + b"and more", "polyglot"),
    ],
)
def test_workbooks_that_hold_more_than_tables(data: bytes, rule: str) -> None:
    assert refusal(lambda: count(opened(data)[1].rows())).rule == rule


def test_a_workbook_that_unpacks_to_far_more_than_its_size() -> None:
    bomb = repacked(workbook(), change={"xl/worksheets/sheet1.xml": lambda _part: b" " * (60 * MB)})
    assert len(bomb) < MB
    rules: list[str] = []
    peak = peak_of(lambda: rules.append(refusal(lambda: opened(bomb)).rule))
    assert rules == ["too_complex"]
    assert peak < SOME


def test_a_container_whose_list_of_parts_is_larger_than_memory() -> None:
    """A directory of many millions of entries, which ordinary readers take in whole."""
    entry = zipfile.ZipInfo("x")
    central = io.BytesIO()
    with zipfile.ZipFile(central, "w") as archive:
        archive.writestr(entry, b"")
    directory = central.getvalue()[31:-22]
    size = len(directory) * 4_000_000
    end = b"PK\x05\x06" + bytes(4) + b"\xff\xff\xff\xff" + size.to_bytes(4, "little") + (31).to_bytes(4, "little")
    stream = Produced(directory, 4_000_000, head=central.getvalue()[:31], tail=end + bytes(2))
    rules: list[str] = []
    peak = peak_of(lambda: rules.append(refusal(lambda: dialect_detect(cast(BinaryIO, stream), "x.xlsx")).rule))
    assert rules == ["too_complex"]
    assert peak < MB


def test_a_workbook_with_a_cell_at_the_end_of_the_world() -> None:
    far = in_sheet("")
    data = changed(
        "xl/worksheets/sheet1.xml",
        lambda part: far(part).replace(b"</sheetData>", b'<row r="9"><c r="XFD9"><v>1</v></c></row></sheetData>'),
    )
    error = refusal(lambda: count(opened(data)[1].rows()))
    assert error.rule == "columns"
    assert "16384" in error.message


def test_a_workbook_with_a_cell_that_does_not_end() -> None:
    long = b'<row r="9"><c r="A9" t="str"><v>' + b"x" * (40 * MB) + b"</v></c></row></sheetData>"
    data = repacked(
        workbook(),
        change={"xl/worksheets/sheet1.xml": lambda part: part.replace(b"</sheetData>", long)},
        compression=zipfile.ZIP_STORED,
    )
    rules: list[str] = []
    peak = peak_of(lambda: rules.append(refusal(lambda: count(opened(data)[1].rows())).rule))
    assert rules == ["long_row"]
    assert peak < SOME
