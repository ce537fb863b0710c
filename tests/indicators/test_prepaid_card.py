from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.core.standards.cards import luhn_valid
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.identify import identify
from efc_portal.indicators.types import type_of


@pytest.mark.parametrize(
    ("written", "canonical", "shown", "detail"),
    [
        ("Prepaid 411111******1111", "411111******1111", "411111******1111", "Visa, issuer number 411111"),
        (
            "prepaid card: 4111 1111 1111 1111",
            "411111******1111",
            "411111******1111",
            "Visa, issuer number 411111",
        ),
        ("4111 1111 1111 1111", "411111******1111", "411111******1111", "Visa, issuer number 411111"),
        ("Paycentre: ABC-12345", "paycentre:ABC-12345", "paycentre: ABC-12345", "Issuer’s reference, paycentre"),
        ("Pay Centre: acc 12345", "paycentre:ACC12345", "paycentre: ACC12345", "Issuer’s reference, paycentre"),
    ],
)
def test_by_its_number_or_its_issuers_reference(written: str, canonical: str, shown: str, detail: str) -> None:
    found = identify(written, type="prepaid_card")
    assert (found.canonical, found.display, found.detail) == (canonical, shown, detail)
    assert found.declaration.method == "prepaid_card"


@given(st.text("0123456789", min_size=12, max_size=18))
def test_a_full_number_never_survives(body: str) -> None:
    number = next(body + digit for digit in "0123456789" if luhn_valid(body + digit))
    for written in (number, f"Prepaid {number}"):
        assert number not in repr(identify(written, type="prepaid_card"))


def test_a_number_alone_stays_a_payment_card() -> None:
    assert identify("4111 1111 1111 1111").type == "payment_card"
    assert identify("411111******1111").type == "payment_card"
    assert identify("Prepaid card 411111******1111").type == "prepaid_card"


def test_a_card_is_the_same_card_in_both_types() -> None:
    covers = type_of("prepaid_card").covered_by
    assert list(covers("411111******1111")) == [("payment_card", "411111******1111")]
    assert not list(covers("paycentre:ABC-12345"))


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("411111", "length"),
        ("4111 1111 1111 1112", "checksum"),
        ("some card", "structure"),
        ("Paycentre: abc", "structure"),
        ("Paycentre: 4111111111111111", "kind"),
        ("Visa: 411111******1111", "kind"),
    ],
)
def test_refusals(written: str, rule: str) -> None:
    with pytest.raises(InvalidValue) as error:
        identify(written, type="prepaid_card")
    assert error.value.rule == rule
