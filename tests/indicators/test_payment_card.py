from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.core.standards.cards import is_card_number, luhn_valid, scheme
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.enums import MatchRule
from efc_portal.indicators.identify import identify
from efc_portal.indicators.types import type_of

# Test numbers that the schemes and processors publish.
PUBLISHED = {
    "4111111111111111": "Visa",
    "4222222222222": "Visa",
    "5555555555554444": "Mastercard",
    "2223000048400011": "Mastercard",
    "2720992718570008": "Mastercard",
    "378282246310005": "American Express",
    "30569309025904": "Diners Club",
    "38520000023237": "Diners Club",
    "3530111333300000": "JCB",
    "6011111111111117": "Discover",
    "6200000000000005": "UnionPay",
    "2200000000000004": "Mir",
    "6759649826438453": "Maestro",
}


def with_check_digit(body: str) -> str:
    return next(body + digit for digit in "0123456789" if luhn_valid(body + digit))


@pytest.mark.parametrize(("number", "name"), PUBLISHED.items())
def test_published_numbers(number: str, name: str) -> None:
    found = identify(number)
    assert found.canonical == f"{number[:6]}******{number[-4:]}" == found.display == found.masked
    assert scheme(number) == name
    assert found.detail == f"{name}, issuer number {number[:6]}"


@given(st.text("0123456789", min_size=12, max_size=18))
def test_a_full_number_never_survives(body: str) -> None:
    number = with_check_digit(body)
    found = identify(number, type="payment_card")
    assert number not in repr(found)
    assert number[6:-4] not in found.canonical or len(number[6:-4]) < 4


@pytest.mark.parametrize(
    "value",
    [
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "４１１１ １１１１ １１１１ １１１１",
        "٤١١١١١١١١١١١١١١١",
        "411111******1111",
        "411111xxxxxx1111",
        "4111 11XX XXXX 1111",
        "4111 11•• •••• 1111",
        "411111…1111",
        "411111...1111",
        "41111111****1111",
    ],
)
def test_one_form_however_written(value: str) -> None:
    assert identify(value, type="payment_card").canonical == "411111******1111"
    assert identify(value).type == "payment_card"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("4111 1111 1111 1112", "Wrong checksum: a digit was probably mistyped, or two were swapped"),
        ("4111 1111 111", "Wrong length: a card number has 13 to 19 digits, this one has 11"),
        ("4111 1111 1111 111A", "Position 16: A cannot stand in a card number"),
        ("****1111", "Give the first six digits, six stars, and the last four digits"),
    ],
)
def test_refusals(value: str, sentence: str) -> None:
    with pytest.raises(InvalidValue) as error:
        identify(value, type="payment_card")
    assert error.value.message.startswith(sentence)


def test_match_is_weak() -> None:
    assert type_of("payment_card").match_rule is MatchRule.WEAK
    assert type_of("iban").match_rule is MatchRule.EXACT


def test_times_and_dates_are_no_card_numbers() -> None:
    for start in ("1732312345", "1999999999", "2026112312", "2031010100"):
        for length in (13, 14, 16, 17, 19):
            assert not is_card_number(with_check_digit(start.ljust(length - 1, "7")))
