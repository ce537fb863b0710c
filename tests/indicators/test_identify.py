from __future__ import annotations

import pytest

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.identify import identify


def refusal(value: str, **options: str) -> InvalidValue:
    with pytest.raises(InvalidValue) as error:
        identify(value, **options)
    return error.value


@pytest.mark.parametrize(
    ("value", "type_code"),
    [
        ("DE89 3704 0044 0532 0130 00", "iban"),
        ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "wallet_btc"),
        ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "wallet_eth"),
        ("name@shop.example.com", "email"),
        ("https://shop.example.com", "url"),
        ("shop.example.com/pay", "url"),
        ("shop.example.com", "domain"),
        ("+49 1512 3456789", "phone"),
        ("4111 1111 1111 1111", "payment_card"),
        ("411111******1111", "payment_card"),
        ("MID 123456789012345", "merchant"),
    ],
)
def test_recognises_by_itself(value: str, type_code: str) -> None:
    assert identify(value).type == type_code


@pytest.mark.parametrize("value", ["", " ", "\u200b", "-", "n/a", "N/A", "none", "Unknown", "NULL", "x", '""'])
def test_refuses_what_stands_for_nothing(value: str) -> None:
    for options in ({}, {"type": "merchant"}, {"type": "iban"}):
        assert refusal(value, **options).rule == "empty"


@pytest.mark.parametrize(
    "value",
    ["GREEN", "red", "TLP:RED", "tlp amber", "TLP:AMBER+STRICT", "AMBER + STRICT", "TLP:WHITE", "H2", "B3", "PAP:RED"],
)
def test_refuses_handling_marks(value: str) -> None:
    assert refusal(value, type="merchant").rule == "mark"
    assert refusal(value).rule == "mark"


def test_refuses_control_characters_and_endless_values() -> None:
    assert refusal("DE89\x003704").rule == "alphabet"
    assert refusal("a" * 2049).rule == "length"
    assert identify("DE89 3704\n0044 0532\t0130 00").type == "iban"


def test_says_what_it_might_be() -> None:
    error = refusal("DE89 3704 0044 0532 0130 01")
    assert error.types == ("iban",)
    assert error.message == (
        "This looks like: IBAN. Wrong checksum: a character was probably mistyped, or two were swapped"
    )
    error = refusal("Westshop Media")
    assert error.rule == "unrecognised"
    assert error.message.startswith("This is not recognised as any type of identifier.")


def test_names_the_type_that_was_insisted_on() -> None:
    assert refusal("nonsense", type="iban").types == ("iban",)


def test_sentences_never_repeat_the_value() -> None:
    for value in ("4111 1111 1111 1112", "DE89 3704 0044 0532 0130 01", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"):
        assert value not in refusal(value).message
        assert value.replace(" ", "") not in refusal(value).message
