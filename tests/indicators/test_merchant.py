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
