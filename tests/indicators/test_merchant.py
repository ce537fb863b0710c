from __future__ import annotations

import pytest

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.identify import identify


@pytest.mark.parametrize(
    ("value", "expected", "detail"),
    [
        ("westshop*media   limassol", "WESTSHOP*MEDIA LIMASSOL", "Descriptor, acquirer not given"),
        (
            "Westshop*Media Limassol @ Northpay",
            "WESTSHOP*MEDIA LIMASSOL @ NORTHPAY",
            "Descriptor, acquired by NORTHPAY",
        ),
        ("MID: 000123456789012", "000123456789012", "Merchant id, acquirer not given"),
        ("merchant id 12345678 @Northpay", "12345678 @ NORTHPAY", "Merchant id at NORTHPAY"),
        ("12345678 (acquirer: Northpay)", "12345678 @ NORTHPAY", "Merchant id at NORTHPAY"),
        ("Ｗｅｓｔｓｈｏｐ", "WESTSHOP", "Descriptor, acquirer not given"),
    ],
)
def test_one_form_however_written(value: str, expected: str, detail: str) -> None:
    found = identify(value, type="merchant")
    assert (found.canonical, found.detail) == (expected, detail)


@pytest.mark.parametrize(
    ("value", "rule"),
    [("ab", "length"), ("** @ northpay", "length"), ("x" * 101, "length"), ("4111111111111111", "kind")],
)
def test_refusals(value: str, rule: str) -> None:
    with pytest.raises(InvalidValue) as error:
        identify(value, type="merchant")
    assert error.value.rule == rule


@pytest.mark.parametrize(
    ("value", "expected", "detail"),
    [
        (
            "Westshop MCC 5816 @ Northpay",
            "WESTSHOP MCC 5816 @ NORTHPAY",
            "Descriptor, acquired by NORTHPAY; category 5816, digital goods: games",
        ),
        ("mcc: 1234, westshop", "WESTSHOP MCC 1234", "Descriptor, acquirer not given; category 1234"),
        (
            "TID: 1234567A; MID 000123456789012 @ northpay",
            "000123456789012 TID 1234567A @ NORTHPAY",
            "Merchant id at NORTHPAY; terminal 1234567A",
        ),
        ("terminal id 12345678 @ Northpay", "TID 12345678 @ NORTHPAY", "Terminal at NORTHPAY"),
        (
            "Westshop*Media MID 123456789 category code 5967 TID 12345678 (acquirer: Northpay)",
            "123456789 WESTSHOP*MEDIA TID 12345678 MCC 5967 @ NORTHPAY",
            "Descriptor, acquired by NORTHPAY; terminal 12345678; category 5967, telephone sales and adult content",
        ),
        ("MID 123456789 Westshop", "123456789 WESTSHOP", "Descriptor, acquirer not given"),
        ("Tidal Music 12345678", "TIDAL MUSIC 12345678", "Descriptor, acquirer not given"),
    ],
)
def test_terminal_and_category_in_one_order(value: str, expected: str, detail: str) -> None:
    found = identify(value, type="merchant")
    assert (found.canonical, found.detail) == (expected, detail)
    assert identify(found.canonical, type="merchant") == found


def test_a_category_alone_is_no_merchant() -> None:
    with pytest.raises(InvalidValue, match="A category code alone names no merchant"):
        identify("MCC 5816", type="merchant")


def test_what_is_known_in_part_lies_above() -> None:
    found = identify("Westshop MID 123456789 MCC 5816 TID 12345678 @ Northpay", type="merchant")
    assert list(found.declaration.covered_by(found.canonical)) == [
        ("merchant", "123456789 WESTSHOP @ NORTHPAY"),
        ("merchant", "TID 12345678 @ NORTHPAY"),
        ("merchant", "123456789 @ NORTHPAY"),
        ("merchant", "WESTSHOP @ NORTHPAY"),
    ]
    assert not list(found.declaration.covered_by("WESTSHOP @ NORTHPAY"))
