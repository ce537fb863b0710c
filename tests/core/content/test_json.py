"""JSON: proven token by token, the same wherever a chunk ends."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efc_portal.core.content import Reason, RefusedContent, json_text
from efc_portal.core.content.cards import Cards
from tests.core.content.samples import CARD, CARD_SPACED, CUT, door, kept, refusal

PAYMENT = {"payments": [{"amount": 120.5, "to": None, "note": "Zażółć “20 €”", "ok": True, "empty": {}, "none": []}]}


@pytest.mark.parametrize("indent", [None, 2])
def test_json_comes_in_as_it_is(indent: int | None) -> None:
    data = json.dumps(PAYMENT, indent=indent, ensure_ascii=indent is None).encode()
    assert door(data, "payments.json").kind == "json"
    assert kept(data, "payments.json") == data


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[1,\n2,]", "line 2, column 3"),
        ('{"a":1,}', "line 1, column 8"),
        ('{"a" 1}', "column 6"),
        ("[1 2]", "column 4"),
        ("{1:2}", "column 2"),
        ("[NaN]", "column 2"),
        ("[Infinity]", "column 2"),
        ("[-Infinity]", ""),
        ("[01]", ""),
        ("[1.]", ""),
        ("[+1]", ""),
        ("['a']", "column 2"),
        ('["a\nb"]', ""),
        ('["\\x41"]', ""),
        ("[1]]", "column 4"),
        ("[1}", "column 3"),
        ("[1] [2]", "column 5"),
        ('{"a": 1}\n{"a": 2}', "line 2, column 1"),
        ("[", ""),
        ('{"a"', ""),
        ('["a', ""),
        ("[tru]", ""),
        ("[1, // a note\n2]", "column 5"),
        ("[,1]", "column 2"),
        ("{,}", "column 2"),
        ('{"a":}', "column 6"),
    ],
)
def test_what_is_nearly_json_is_told_where_it_breaks(text: str, where: str) -> None:
    refused = refusal(text.encode(), "payments.json")
    assert refused.reason is Reason.MALFORMED
    assert where in refused.message


@pytest.mark.parametrize("text", ['"a text"', "12", "null"])
def test_a_value_alone_is_no_json_file(text: str) -> None:
    assert refusal(text.encode(), "payments.json").reason is Reason.NAME


def test_depth_and_length_are_bounded() -> None:
    assert door(b"[" * 100 + b"]" * 100, "deep.json")
    assert refusal(b"[" * 101 + b"]" * 101, "deep.json").reason is Reason.TOO_COMPLEX
    assert refusal(b'["' + b"a b " * 400_000 + b'"]', "long.json").reason is Reason.TOO_COMPLEX


def test_the_same_key_twice_is_no_error() -> None:
    assert door(b'{"a": 1, "a": 2}', "payments.json")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (f'["{CARD}"]', f'["{CUT}"]'),
        (f'["paid by {CARD_SPACED} today"]', f'["paid by {CUT} today"]'),
        (f"[{CARD}]", f'["{CUT}"]'),
        (f'{{"pan":{CARD},"n":1}}', f'{{"pan":"{CUT}","n":1}}'),
        (f'{{"{CARD}": 1}}', f'{{"{CUT}": 1}}'),
        ('["\\u0034111111111111111"]', f'["{CUT}"]'),
        ("[4.111111111111111e15]", f'["{CUT}"]'),
        (f'["\\"{CARD}\\" é"]', f'["\\"{CUT}\\" é"]'),
    ],
)
def test_card_numbers_are_truncated_and_it_stays_json(text: str, after: str) -> None:
    assert door(text.encode(), "payments.json").pans == 1
    stored = kept(text.encode(), "payments.json").decode()
    assert stored == after
    json.loads(stored)


def test_amounts_with_many_decimals_are_no_card_numbers() -> None:
    data = b'{"amount": 750.6799999999999, "rate": 4.111111111111111}'
    assert kept(data, "payments.json") == data


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=8), inner, max_size=5),
    max_leaves=20,
)


def scanned(text: str, size: int) -> str:
    return "".join(json_text.rewritten([text[at : at + size] for at in range(0, len(text), size)], Cards()))


@settings(deadline=None)
@given(st.lists(JSON, max_size=5), st.booleans(), st.integers(1, 9), st.sampled_from([None, 1]))
def test_whatever_json_writes_is_read_whatever_the_chunks(
    value: list[object], ascii_only: bool, size: int, indent: int | None
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert scanned(text, len(text)) == scanned(text, size)


@settings(deadline=None)
@given(st.text(alphabet='[]{}",:0123456789.eE+-\\utrfalsn \n', max_size=30), st.integers(1, 5))
def test_it_accepts_what_pythons_json_accepts(text: str, size: int) -> None:
    try:
        value = json.loads(text, parse_constant=lambda name: 1 / 0)
        accepted = isinstance(value, list | dict)
    except (ValueError, ZeroDivisionError):
        accepted = False
    try:
        scanned(text, size)
    except RefusedContent:
        assert not accepted
    else:
        assert accepted


def test_an_object_a_line_is_json_where_several_may_come() -> None:
    text = f'{{"card": "{CARD}"}}\n{{"card": {CARD}}}'
    cards = Cards()
    cut = "".join(json_text.rewritten([text[:20], text[20:]], cards, several=True))
    assert cut == f'{{"card": "{CUT}"}}\n{{"card": "{CUT}"}}'
    assert cards.count == 2
    for wrong, several in ((text, False), (text + '"x"', True), (text + "}", True), ("", True)):
        with pytest.raises(RefusedContent):
            list(json_text.rewritten([wrong], Cards(), several=several))
