"""A type's declared shapes leave none of its values out, whatever is typed."""

from __future__ import annotations

import random
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import wallets
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import clean
from efc_portal.indicators.declaration import IndicatorType
from efc_portal.indicators.shapes import ShapeTable
from efc_portal.indicators.types import TYPES
from tests.indicators.data import lines, rows

TABLE = ShapeTable(TYPES.values())
KNOWN = [
    *(one.example for one in TYPES.values()),
    *lines("iban-examples.txt"),
    *(row["address"] for row in rows("ofac-wallets.csv")),
    *(row["text"] for row in rows("bitcoin-addresses.csv")),
    *lines("bitcoin-invalid.txt"),
    *(value for code in wallets.FORMS for value in wallets.of(code, 1, 12)),
]
BEFORE = (
    "", "", "bitcoin:", "LITECOIN:", "ethereum:", "ripple:", "xrp:", "monero:", "zcash:", "dash:", "tron:", "tel: ",
    "bitcoincash:", "BCHTEST:", "IBAN ", "iban: ", "MID ", "https://", "hxxp[:]//", "(", "+", "-", "00",
)  # fmt: skip
AFTER = ("", "", "?amount=1", "@1", ":77", "?dt=5", ".", "/x", "#x", "@example.com", "[.]com", " ext. 12", ".onion")
CHARS = "0123456789abcdefxXyYzZlLmMtTqQpPrRsSuUkKvV139 -.:?/#@[](){}+*_;=&%"


def disagreements(text: str) -> list[str]:
    """The types that a text looks like and the table leaves out."""
    try:
        cleaned = clean(text)
    except InvalidValue:
        return []
    asked = TABLE.types_for(cleaned)
    return [one.code for one in TYPES.values() if one.looks_like(cleaned) and one not in asked]


def shape_patterns(one: IndicatorType) -> list[str]:
    """The regular expressions by which a type tells its shape, wherever it keeps them."""
    module = sys.modules[type(one).__module__]
    found = [getattr(one, "shape", None), getattr(module, "_SHAPE", None), one.pattern]
    return [pattern.pattern for pattern in found if pattern is not None]


def test_leaves_out_no_value_as_people_write_and_mistype_it() -> None:
    source = random.Random(20261129)
    for _turn in range(20_000):
        chars = list(source.choice(KNOWN))
        for _change in range(source.randrange(4)):
            place = source.randrange(len(chars))
            kind = source.randrange(4)
            if kind == 0:
                chars[place] = source.choice(CHARS)
            elif kind == 1 and len(chars) > 1:
                del chars[place]
            else:
                chars.insert(place, source.choice(CHARS))
        text = "".join(chars)
        text = source.choice((text, text, text.upper(), text.lower(), text.swapcase()))
        text = f"{source.choice(BEFORE)}{text}{source.choice(AFTER)}"
        assert disagreements(text) == [], text


@pytest.mark.parametrize("one", TYPES.values(), ids=lambda one: one.code)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_leaves_out_nothing_that_a_type_takes_for_its_own(one: IndicatorType, data: st.DataObject) -> None:
    for pattern in shape_patterns(one):
        text = data.draw(st.from_regex(pattern))
        assert one.code not in disagreements(text), text


@given(st.text(CHARS + "éß１ł", max_size=60))
def test_leaves_out_nothing_of_any_text(text: str) -> None:
    assert disagreements(text) == []


def test_a_type_that_declares_nothing_is_asked_about_everything() -> None:
    class Plain(type(TYPES["merchant"])):  # type: ignore[misc]
        code = "plain"
        shapes = IndicatorType.shapes

    plain = Plain()
    table = ShapeTable([*TYPES.values(), plain])
    for text in ("x", "a" * 2000, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "name@example.com", "１２３", "-"):
        assert plain in table.types_for(text)


def test_most_types_are_not_asked() -> None:
    for code in ("iban", "wallet_btc", "wallet_eth", "payment_card", "email", "phone"):
        asked = TABLE.types_for(TYPES[code].example)
        assert TYPES[code] in asked
        assert len(asked) <= 6


def test_what_it_keeps_stays_bounded() -> None:
    table = ShapeTable(TYPES.values())
    for number in range(3_000):
        table.types_for("." * (number % 700) + "a" * (number // 7 + 1))
    assert len(table._seen) < 50
    assert len(table._entries) < 3_000
