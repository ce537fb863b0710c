"""Files that were damaged at random: read or refused with a sentence, and never anything else."""

from __future__ import annotations

import io
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from efc_portal.intake.reading import InvalidFile, dialect_detect, table_open
from efc_portal.intake.rows import Columns, Formats, columns_propose, rows_check
from tests.core.content.samples import repacked, workbook
from tests.intake.samples import HEADER, IBAN, as_json

ROW = f'{IBAN},iban,sender,"1,234.50",EUR,2026-03-31,bank_transfer,DE\n'
BUNDLE = {
    "type": "bundle",
    "objects": [
        {"type": "bank-account", "iban": IBAN},
        {"type": "indicator", "pattern": "[url:value IN ('http://a.example')]"},
        {"type": "location", "id": "location--1", "country": "DE"},
    ],
}
EVENT = {
    "response": [
        {
            "Event": {
                "Attribute": [{"type": "iban", "value": IBAN}, {"type": "domain|ip", "value": "a.example|192.0.2.1"}],
                "Object": [{"name": "transaction", "Attribute": [{"type": "text", "object_relation": "amount"}]}],
            }
        }
    ]
}
SAMPLES = [
    (HEADER + ROW * 3).encode(),
    (HEADER + ROW * 3).replace(",", ";").encode("utf-16"),
    "Empfänger;Währung\nJörg;EUR\n".encode("cp1252"),
    as_json([{"iban": IBAN, "amount": 12.5, "currency": "EUR"}] * 3),
    b"\n".join([as_json({"iban": IBAN, "nested": {"a": [1, None, True]}})] * 3),
    as_json(BUNDLE),
    as_json(EVENT),
    workbook([["IBAN", "Amount", "Date"], [IBAN, 12.5, "2026-03-31"]]),
]


def read(data: bytes) -> None:
    """Everything that is done with a file that somebody sends."""
    stream = io.BytesIO(data)
    try:
        dialect = dialect_detect(stream, "payments")
        table = table_open(stream, dialect)
        rows = list(table.rows())
    except InvalidFile as error:
        assert error.message
        return
    columns = columns_propose(table.columns)
    if columns.value is None:
        columns = Columns(value=0, width=len(table.columns))
    checked = rows_check(rows, columns, Formats(), region="DE")
    assert len({row.number for row in rows}) == len(rows)
    assert len(checked.rows) + len(checked.broken) == len(rows)
    for one in checked.errors:
        json.dumps([one.masked, str(one.sentence)]).encode()
    "".join(cell for cells in checked.broken.values() for cell in cells).encode()  # nothing that cannot be kept


damage = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 40), st.binary(max_size=8)), min_size=1, max_size=4)


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SAMPLES), damage)
def test_a_damaged_file_is_read_or_refused(data: bytes, cuts: list[tuple[int, int, bytes]]) -> None:
    for place, length, instead in cuts:
        place %= len(data) + 1
        data = data[:place] + instead + data[place + length :]
    read(data)


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    read(text.encode("utf-8", "replace"))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
keys = st.sampled_from(["type", "objects", "Event", "Attribute", "Object", "value", "pattern", "iban", "response"])


@settings(deadline=None, max_examples=300)
@given(st.dictionaries(keys, json_values | st.dictionaries(keys, json_values, max_size=4), max_size=4), st.booleans())
def test_any_json_is_read_or_refused(content: object, is_list: bool) -> None:
    read(json.dumps([content] if is_list else content).encode())


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "id",
                    "iban",
                    "value",
                    "pattern",
                    "country_ref",
                    "revoked",
                    "account_login",
                    "account_type",
                    "execution_time",
                    "country",
                ]
            ),
            json_values,
            max_size=5,
        ),
        max_size=4,
    ),
    st.sampled_from(["bank-account", "indicator", "user-account", "x-own", "location", "phone-number"]),
)
def test_any_bundle_is_read_or_refused(objects: list[dict[str, object]], kind: str) -> None:
    read(json.dumps({"type": "bundle", "objects": [{**one, "type": kind} for one in objects]}).encode())


PARTS = ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "[Content_Types].xml"]
PIECES = st.sampled_from(
    [
        b"",
        b"<c",
        b't="s"',
        b't="e"',
        b"<v>",
        b"</v>",
        b"9" * 30,
        b"-1",
        b"1e400",
        b"<row>",
        b"</c>",
        b's="99"',
        b"<is>",
        b"A0",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(PARTS), st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 12), PIECES), max_size=4))
def test_a_workbook_damaged_within_is_read_or_refused(name: str, cuts: list[tuple[int, int, bytes]]) -> None:
    def damaged(part: bytes) -> bytes:
        for place, length, instead in cuts:
            place %= len(part) + 1
            part = part[:place] + instead + part[place + length :]
        return part

    read(repacked(SAMPLES[-1], change={name: damaged}))


def test_cells_that_say_impossible_things_are_read_or_refused() -> None:
    cells = [
        b'<c r="A2"><v>1e400</v></c>',
        b'<c r="A2" s="1"><v>1e400</v></c>',
        b'<c r="A2" s="-1"><v>NaN</v></c>',
        b'<c r="A2" t="s"><v>-1</v></c>',
        b'<c r="A2" t="s"><v>\xd9\xa3</v></c>',
        '<c r="A2" t="s"><v>²</v></c>'.encode(),
        b'<c r="" t="n"><v>x</v></c>',
        b'<c r="ZZZZ1"><v>1</v></c>',
        b'<c r="a2"><v>1</v></c>',
        b'<c t="d"><v>2026-03-31T00:00:00</v></c>',
        b'<c t="e"><v>#REF!</v></c>',
    ]
    for one in cells:
        row = b'<row r="x">' + one + b"</row></sheetData>"
        read(repacked(SAMPLES[-1], change={PARTS[0]: lambda part, row=row: part.replace(b"</sheetData>", row)}))  # type: ignore[misc]
