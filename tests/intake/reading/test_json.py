"""JSON as rows: lists of objects, objects a line, STIX bundles, MISP events."""

from __future__ import annotations

import json
from typing import Any

import pytest

from efc_portal.indicators.identify import identify
from efc_portal.indicators.types import TYPES
from efc_portal.intake.reading import Exact
from efc_portal.intake.reading.stix import pattern_values
from efc_portal.intake.rows import Formats, columns_propose, rows_check
from tests.intake.samples import CARD, IBAN, OTHER_IBAN, as_json, cells_of, opened, rows_of

ROWS = [{"iban": IBAN, "amount": 12.50, "note": None}, {"iban": OTHER_IBAN, "amount": 7, "note": "käse"}]
READ = [[IBAN, "12.5", ""], [OTHER_IBAN, "7", "käse"]]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, indent=4, ensure_ascii=False),
        "\n".join(map(json.dumps, ROWS)),
        "\ufeff" + json.dumps(ROWS),
        json.dumps({"made": "2026-03-31", "tags": ["a"], "rows": ROWS, "end": {"x": [1]}}),
    ],
    ids=["list", "indented", "lines", "marked", "wrapped"],
)
def test_rows_are_found_however_they_are_put(text: str) -> None:
    _dialect, table = opened(text.encode())
    assert table.columns == ["iban", "amount", "note"]
    assert [(row.number, row.cells) for row in table.rows()] == list(enumerate(READ, 1))


def test_utf_16_is_read() -> None:
    assert cells_of(json.dumps(ROWS).encode("utf-16")) == READ


def test_numbers_keep_each_digit() -> None:
    data = b'[{"iban": "x", "amount": 0.123456789012345678, "other": 1.5e-3, "more": 12E2}]'
    cells = rows_of(data)[0].cells
    assert cells == ["x", "0.123456789012345678", "0.0015", "1200"]
    assert all(type(cell) is Exact for cell in cells[1:])


def test_of_several_lists_one_is_chosen() -> None:
    dialect, table = opened(as_json({"people": [{"name": "x"}], "accounts": [{"iban": IBAN}]}))
    assert (dialect.sheet, dialect.sheets, table.columns) == ("people", ("people", "accounts"), ["name"])


def test_a_wrapped_list_that_is_larger_than_memory_holds_is_found() -> None:
    many = [{"iban": IBAN, "note": "x" * 300}] * 4_000
    dialect, table = opened(as_json({"made": "today", "rows": many}))
    assert dialect.sheet == "rows"
    assert sum(1 for _row in table.rows()) == 4_000


def test_a_list_of_values_is_a_table_of_one_column() -> None:
    assert cells_of(as_json([IBAN, OTHER_IBAN])) == [[IBAN], [OTHER_IBAN]]


def test_what_objects_nest_is_text() -> None:
    assert cells_of(as_json([{"iban": IBAN, "more": {"a": [1, True]}}])) == [[IBAN, '{"a": ["1", true]}']]


def rules(data: bytes) -> list[str]:
    table = opened(data)[1]
    return [
        one.rule
        for one in rows_check(list(table.rows()), columns_propose(table.columns), Formats(), region=None).errors
    ]


def test_a_member_that_stands_twice_is_an_error_of_its_row() -> None:
    assert rules(f'[{{"iban": "{IBAN}"}}, {{"iban": "{IBAN}", "iban": "{OTHER_IBAN}"}}]'.encode()) == ["cells"]


def test_an_amount_that_the_first_rows_did_not_name_is_not_lost_in_silence() -> None:
    rows: list[dict[str, Any]] = [{"iban": IBAN}] * 1_000
    assert rules(as_json([*rows, {"iban": IBAN, "amount": 5}])) == ["cells"]
    assert rules(as_json([*rows, {"iban": IBAN, "remark": "x"}])) == []


def bundle(*objects: dict[str, Any]) -> bytes:
    return as_json({"type": "bundle", "id": "bundle--5d0092c5-5f74-4287-9642-33f4c354e56d", "objects": list(objects)})


def recognised(data: bytes, region: str | None = None) -> list[tuple[str, str]]:
    """What the rows of a file are recognised as; all are right."""
    table = opened(data)[1]
    checked = rows_check(list(table.rows()), columns_propose(table.columns), Formats(), region=region)
    assert not checked.errors, [str(one.sentence) for one in checked.errors]
    return [(row.recognised.type, row.recognised.canonical) for row in checked.rows]


def test_observables_of_a_stix_bundle_are_rows() -> None:
    data = bundle(
        {"type": "email-addr", "value": "name@example.com"},
        {"type": "url", "value": "https://shop.example.com/pay"},
        {"type": "domain-name", "value": "shop.example.com"},
        {"type": "bank-account", "iban": IBAN, "currency": "EUR"},
        {"type": "payment-card", "value": CARD, "security_code": "999"},
        {"type": "cryptocurrency-wallet", "value": "1KFHE7w8BhaENAswwryaoccDb6qcT6DbYY"},
        {"type": "phone-number", "value": "4915123456789", "country": "DEU"},
    )
    assert recognised(data) == [
        ("email", "name@example.com"),
        ("url", "https://shop.example.com/pay"),
        ("domain", "shop.example.com"),
        ("iban", IBAN),
        ("payment_card", "411111******1111"),
        ("wallet_btc", "1KFHE7w8BhaENAswwryaoccDb6qcT6DbYY"),
        ("phone", "+4915123456789"),
    ]


def test_what_is_no_identifier_is_left_out_and_counted() -> None:
    _dialect, table = opened(
        bundle(
            {"type": "identity", "name": "A Bank"},
            {"type": "relationship", "relationship_type": "paid"},
            {"type": "indicator", "revoked": True, "pattern": "[url:value = 'http://x.example']"},
            {"type": "bank-account", "iban": IBAN},
        )
    )
    assert [row.cells[:2] for row in table.rows()] == [[IBAN, "iban"]]
    assert table.left_out == 3


def test_an_account_has_the_country_of_the_location_it_refers_to() -> None:
    place = {"type": "location", "id": "location--d9a1d93a-9141-4afe-9f67-95c357287f73", "country": "GB"}
    data = bundle(place, {"type": "bank-account", "iban": "GB33BUKB20201555555555", "country_ref": place["id"]})
    assert cells_of(data)[0][-1] == "GB"


def test_values_of_an_indicator_s_pattern_are_rows() -> None:
    pattern = "[email-addr:value = 'name@example.com' OR url:value IN ('http://a.example', 'http://b.example')]"
    assert recognised(bundle({"type": "indicator", "pattern_type": "stix", "pattern": pattern})) == [
        ("email", "name@example.com"),
        ("url", "http://a.example/"),
        ("url", "http://b.example/"),
    ]


def test_an_indicator_without_a_value_to_take_says_so() -> None:
    assert rules(bundle({"type": "indicator", "pattern": "[url:value LIKE '%x%']"})) == ["empty"]


@pytest.mark.parametrize(
    ("pattern", "values"),
    [
        (r"[url:value = 'it\'s \\ here']", ["it's \\ here"]),
        ("[url:value != 'x' AND domain-name:value = 'y']", ["y"]),
        ("[url:value NOT = 'x']", []),
        ("[url:value NOT IN ('x', 'y')] FOLLOWEDBY [domain-name:value = 'z']", ["z"]),
        ("[file:hashes.'SHA-256' = 'abc']", ["abc"]),
        ("[url:value = 'domain-name:value = ']", ["domain-name:value = "]),
        ("[url:value MATCHES '^x'] START t'2026-01-01T00:00:00Z' STOP t'2026-01-02T00:00:00Z'", []),
        ("[" * 50_000 + "'" * 50_001, []),
    ],
)
def test_patterns(pattern: str, values: list[str]) -> None:
    assert [value for _kind, _name, value in pattern_values(pattern)] == values


def test_a_bundle_larger_than_memory_holds_is_known_by_its_beginning() -> None:
    accounts = [{"type": "bank-account", "iban": IBAN, "description": "x" * 300}] * 4_000
    dialect, table = opened(bundle(*accounts))
    assert dialect.kind == "stix"
    assert sum(1 for _row in table.rows()) == 4_000


def event(*attributes: dict[str, Any], objects: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"Event": {"info": "Payments", "Attribute": list(attributes), "Object": list(objects)}}


ATTRIBUTES = (
    {"type": "iban", "value": IBAN, "first_seen": "2026-03-31T10:00:00.000000+00:00"},
    {"type": "btc", "value": "1KFHE7w8BhaENAswwryaoccDb6qcT6DbYY"},
    {"type": "cc-number", "value": CARD},
    {"type": "email-src", "value": "name@example.com"},
    {"type": "domain|ip", "value": "shop.example.com|192.0.2.1"},
    {"type": "phone-number", "value": "+49 1512 3456789"},
    {"type": "comment", "value": "not an identifier"},
    {"type": "url", "value": "http://gone.example", "deleted": True},
)


@pytest.mark.parametrize("answer", [event(*ATTRIBUTES), {"response": [event(*ATTRIBUTES)]}, [event(*ATTRIBUTES)]])
def test_attributes_of_a_misp_event_are_rows(answer: Any) -> None:
    dialect, table = opened(as_json(answer))
    assert dialect.kind == "misp"
    rows = [row.cells for row in table.rows()]
    assert [cells[0] for cells in rows] == [
        IBAN,
        "1KFHE7w8BhaENAswwryaoccDb6qcT6DbYY",
        CARD,
        "name@example.com",
        "shop.example.com",
        "192.0.2.1",
        "+49 1512 3456789",
    ]
    assert [cells[1] for cells in rows[:4]] == ["iban", "wallet_btc", "payment_card", "email"]
    assert rows[0][5] == "2026-03-31"
    assert table.left_out == 2


def test_objects_of_a_misp_event_are_rows() -> None:
    made = event(
        objects=(
            {
                "name": "bank-account",
                "Attribute": [
                    {"type": "iban", "object_relation": "iban", "value": IBAN},
                    {"type": "text", "object_relation": "account-name", "value": "A name"},
                ],
            },
            {
                "name": "coin-address",
                "Attribute": [
                    {"type": "text", "object_relation": "address-crypto", "value": "1KFHE7w8BhaENAswwryaoccDb6qcT6DbYY"}
                ],
            },
            {
                "name": "transaction",
                "Attribute": [
                    {"type": "text", "object_relation": "amount", "value": "12.50"},
                    {"type": "text", "object_relation": "currency-code", "value": "EUR"},
                    {"type": "datetime", "object_relation": "date", "value": "2026-03-31T00:00:00+00:00"},
                    {"type": "iban", "object_relation": "from-iban", "value": OTHER_IBAN},
                ],
            },
        )
    )
    table = opened(as_json(made))[1]
    checked = rows_check(list(table.rows()), columns_propose(table.columns), Formats(","), region=None)
    assert not checked.errors
    first, second, third = checked.rows
    assert (first.recognised.canonical, second.recognised.type) == (IBAN, "wallet_btc")
    assert (third.recognised.canonical, str(third.amount), third.currency) == (OTHER_IBAN, "12.50", "EUR")
    assert str(third.seen_on) == "2026-03-31"


def test_every_type_that_stix_has_a_place_for_comes_back_from_there() -> None:
    for code, declaration in TYPES.items():
        stix, properties = declaration.observable(identify(declaration.example, type=code).canonical)
        kind = stix.type
        if kind == "identity":
            continue
        checked = rows_check(
            rows_of(bundle({"type": kind, **properties, **dict(stix.also)})),
            columns_propose(["value", "type"]),
            Formats(),
            region="DE",
        )
        assert [row.recognised.type for row in checked.rows] == [code], kind


def test_every_type_that_misp_has_a_place_for_comes_back_from_there() -> None:
    for code, declaration in TYPES.items():
        if not declaration.misp:
            continue
        where, relation = declaration.misp.object, declaration.misp.relation
        if where:
            attribute = {"type": "text", "object_relation": relation, "value": declaration.example}
            data = as_json(event(objects=({"name": where, "Attribute": [attribute]},)))
        else:
            data = as_json(event({"type": relation, "value": declaration.example}))
        (cells,) = cells_of(data)
        assert cells[0] == declaration.example
        assert cells[1] in ("", code), code
