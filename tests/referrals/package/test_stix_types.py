"""Every type of identifier in a STIX bundle: a new type is tested here by being there."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from efc_portal.indicators.declaration import IndicatorType
from efc_portal.indicators.identify import identify
from efc_portal.indicators.types import TYPES
from efc_portal.referrals.package.content import Identifier, Term
from efc_portal.referrals.package.stix_objects import extension_definitions, identifier_object
from tests.referrals.package import sample

EVERY = pytest.mark.parametrize("declaration", TYPES.values(), ids=list(TYPES))


def of(code: str, value: str) -> Identifier:
    found = identify(value, type=code)
    kind, observed = found.declaration.observable(found.canonical)
    return replace(
        sample.IBAN,
        type=Term(code, str(found.declaration.label)),
        value=found.canonical,
        stix=replace(found.declaration.stix_for(found.canonical), type=kind),
        observed=observed,
        display=found.display,
        country=found.country,
    )


def object_of(code: str, value: str) -> dict[str, Any]:
    return identifier_object(of(code, value))


@EVERY
def test_each_type_has_an_object_that_names_its_value(declaration: IndicatorType) -> None:
    found = identify(declaration.example, type=declaration.code)
    made = object_of(declaration.code, declaration.example)
    assert re.fullmatch(rf"{made['type']}--[0-9a-f-]{{36}}", made["id"])
    assert made["type"] == "identity" or made["type"] == declaration.stix.type or "addr" in made["type"]
    held = [text for text in made.values() if isinstance(text, str)]
    last = found.canonical.rpartition(":")[2].removeprefix("+")
    assert any(last in text for text in held)


@EVERY
def test_an_extension_is_the_published_one(declaration: IndicatorType) -> None:
    if declaration.stix.extension is None:
        assert declaration.stix.type not in extension_definitions()
        return
    definition = extension_definitions()[declaration.stix.type]
    assert declaration.stix.extension == definition["id"]
    made = object_of(declaration.code, declaration.example)
    assert made["extensions"] == {definition["id"]: {"extension_type": "new-sco"}}


def test_an_account_without_iban_names_its_country() -> None:
    made = object_of("bank_account", "GB 20-00-00 / 55779911")
    assert made["account_number"] == "GB/200000/55779911"
    assert made["country_ref"].startswith("location--")


def test_two_banks_accounts_with_one_number_are_two_objects() -> None:
    assert (
        object_of("bank_account", "GB 20-00-00 / 55779911")["id"]
        != object_of("bank_account", "GB 20-00-01 / 55779911")["id"]
    )


def test_a_prepaid_card_is_the_same_card_and_said_to_be_prepaid() -> None:
    prepaid = object_of("prepaid_card", "Prepaid 411111******1111")
    assert (prepaid["type"], prepaid["value"], prepaid["is_prepaid"]) == ("payment-card", "411111******1111", True)
    assert prepaid["id"] == object_of("payment_card", "411111******1111")["id"]


def test_an_issuers_reference_does_not_stand_where_a_card_number_belongs() -> None:
    made = object_of("prepaid_card", "Paycentre: 123456789012345")
    assert (made["type"], made["identity_class"]) == ("identity", "unknown")
    assert made["name"] == "Prepaid or anonymous card: paycentre:123456789012345"


def test_a_payment_handle_is_an_account_at_its_service() -> None:
    made = object_of("payment_handle", "PayPal: @name")
    assert (made["type"], made["account_type"], made["account_login"]) == ("user-account", "paypal", "name")


def test_organisations_are_named_by_their_value_and_the_rest_by_type_and_value() -> None:
    for code, value in (("merchant", "WESTSHOP*MEDIA"), ("bic", "DEUTDEFF")):
        made = object_of(code, value)
        assert (made["name"], made["identity_class"]) == (value, "organization")
    made = object_of("money_transfer", "MoneyGram: 12345678")
    assert (made["name"], made["identity_class"]) == ("Money transfer reference: moneygram:12345678", "unknown")
    assert object_of("bic", "DEUTDEFF")["id"] != object_of("merchant", "DEUTDEFF")["id"]


def test_a_gift_cards_code_is_whole_for_machines_and_short_for_people() -> None:
    identifier = of("gift_card", "Steam: ABCDE-FGHIJ-KLMNP")
    assert identifier_object(identifier)["name"] == "Gift card or voucher: steam:ABCDEFGHIJKLMNP"
    assert identifier.display == "Steam: …LMNP"
