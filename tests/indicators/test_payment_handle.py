from __future__ import annotations

import pytest

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.extract import extract
from efc_portal.indicators.identify import identify
from efc_portal.indicators.types import type_of
from efc_portal.indicators.types.payment_handle import DECLARATION


def refusal(value: str, **options: str) -> InvalidValue:
    with pytest.raises(InvalidValue) as error:
        identify(value, type="payment_handle", **options)
    return error.value


@pytest.mark.parametrize(
    ("written", "canonical", "shown"),
    [
        ("PayPal: @Name", "paypal:name", "PayPal: @name"),
        ("paypal.me/Name", "paypal:name", "PayPal: @name"),
        ("https://www.paypal.com/paypalme/name/25EUR", "paypal:name", "PayPal: @name"),
        ("PayPal name@Example.com", "paypal:name@example.com", "PayPal: name@example[.]com"),
        ("Cash App $Lucky7", "cashapp:lucky7", "Cash App: $lucky7"),
        ("cash.app: lucky7", "cashapp:lucky7", "Cash App: $lucky7"),
        ("Cashtag £lucky7", "cashapp:lucky7", "Cash App: $lucky7"),
        ("$lucky7", "cashapp:lucky7", "Cash App: $lucky7"),
        ("https://cash.app/$lucky7?qr=1", "cashapp:lucky7", "Cash App: $lucky7"),
        ("lucky7 (Cash App)", "cashapp:lucky7", "Cash App: $lucky7"),
        ("venmo.com/u/Some-Name", "venmo:some-name", "Venmo: @some-name"),
        ("Revtag: @name", "revolut:name", "Revolut: @name"),
        ("wise.com/pay/me/name12", "wise:name12", "Wise: @name12"),
        ("m-pesa: +254 712 345678", "mpesa:+254712345678", "M-Pesa: +254 712 345678"),
        ("Zelle: name@example.com", "zelle:name@example.com", "Zelle: name@example[.]com"),
        ("UPI: Name@okbank", "upi:name@okbank", "UPI: name@okbank"),
        ("Pix: 529.982.247-25", "pix:52998224725", "Pix: 52998224725"),
        (
            "Chave Pix: 123E4567-E89B-12D3-A456-426614174000",
            "pix:123e4567-e89b-12d3-a456-426614174000",
            "Pix: 123e4567-e89b-12d3-a456-426614174000",
        ),
        ("Swish: 123 456 78 90", "swish:1234567890", "Swish: 1234567890"),
        ("Swish: 070-174 06 05", "swish:+46701740605", "Swish: +46 70 174 06 05"),
        ("WebMoney: Z123456789012", "webmoney:z123456789012", "WebMoney: z123456789012"),
        ("My Pay: @Some_One", "mypay:some_one", "mypay: some_one"),
    ],
)
def test_one_form_however_written(written: str, canonical: str, shown: str) -> None:
    found = identify(written, type="payment_handle")
    assert (found.canonical, found.display) == (canonical, shown)


def test_numbers_are_read_as_of_the_services_country_or_the_reporters() -> None:
    assert identify("GCash: 0917 123 4567", type="payment_handle", region="DE").canonical == "gcash:+639171234567"
    assert identify("M-Pesa: 0712 345678", type="payment_handle", region="KE").canonical == "mpesa:+254712345678"
    assert refusal("M-Pesa: 0712 345678").message == ("M-Pesa: Give the number with its country code, beginning with +")


@pytest.mark.parametrize(
    ("written", "country", "detail"),
    [
        ("PayPal: @name", "", "PayPal"),
        ("PayPal: +49 1512 3456789", "DE", "PayPal, by phone number"),
        ("PayPal: name@example.com", "", "PayPal, by e-mail address"),
        ("UPI: name@okbank", "IN", "UPI"),
        ("mypay: someone", "", "mypay"),
    ],
)
def test_tells_its_service_and_country(written: str, country: str, detail: str) -> None:
    found = identify(written, type="payment_handle")
    assert (found.country, found.detail) == (country, detail)


@pytest.mark.parametrize(
    ("written", "rule", "sentence"),
    [
        ("@name", "structure", "Say of which service it is. Write it as PayPal: @name"),
        ("PayPal:", "structure", "Something is missing after the service"),
        ("PayPal: some name", "structure", "PayPal: its names have up to 20 letters and digits"),
        (f"PayPal: {'a' * 21}", "structure", "PayPal: its names have up to 20 letters and digits"),
        ("Cash App: $some-name", "structure", "Cash App: its names have up to 20 letters and digits"),
        ("Zelle: bob", "structure", "Zelle: its names have the form of an e-mail address or a phone number"),
        ("UPI: name", "structure", "UPI: its names have the form name@bank"),
        ("Pix: 52998224724", "checksum", "Pix: wrong checksum."),
        ("Skrill: name", "structure", "Skrill: its names have the form of an e-mail address"),
        ("M-Pesa: someone", "alphabet", "M-Pesa: "),
        ("mypay: some one", "structure", "A name has 2 to 64 characters"),
        ("PayPal: 4111 1111 1111 1111", "kind", "This has the form of a card number"),
        ("https://example.com/pay", "kind", "This is the address of a page."),
    ],
)
def test_says_which_rule_of_which_service(written: str, rule: str, sentence: str) -> None:
    error = refusal(written)
    assert error.rule == rule
    assert error.message.startswith(sentence)


@pytest.mark.parametrize("service", DECLARATION.services.values(), ids=list(DECLARATION.services))
def test_each_service_takes_what_its_rule_is_for(service: object) -> None:
    values = ("name", "name@example.com", "+4915123456789", "name@okbank", "z123456789012", "u1234567", "p1234567")
    code = service.code  # type: ignore[attr-defined]
    taken = []
    for value in values:
        try:
            taken.append(identify(f"{code}: {value}", type="payment_handle"))
        except InvalidValue as error:
            assert error.message.startswith(f"{service.name}: ")  # type: ignore[attr-defined]
    assert taken
    for found in taken:
        assert found.canonical.startswith(f"{code}:")
        assert identify(found.display) == found


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("PayPal: @name", "payment_handle"),
        ("Cash App $lucky7", "payment_handle"),
        ("paypal:name@example.com", "payment_handle"),
        ("paypal.me/name", "url"),
        ("https://cash.app/$lucky7", "url"),
        ("name@paypal.com", "email"),
        ("paypal.com", "domain"),
    ],
)
def test_recognised_by_itself(value: str, expected: str) -> None:
    assert identify(value).type == expected


@pytest.mark.parametrize("value", ["wise men say", "$lucky7", "@name", "mypay: someone", "Wave", "note: call back"])
def test_what_could_be_anything_is_not_recognised(value: str) -> None:
    with pytest.raises(InvalidValue) as error:
        identify(value)
    assert "payment_handle" not in error.value.types


def test_lies_under_the_address_or_number_it_is() -> None:
    covers = type_of("payment_handle").covered_by
    assert list(covers("paypal:name@example.com"))[:2] == [("email", "name@example.com"), ("domain", "example.com")]
    assert list(covers("mpesa:+254712345678")) == [("phone", "+254712345678")]
    assert not list(covers("cashapp:lucky7"))


def test_hidden_where_it_must_not_stand() -> None:
    assert identify("PayPal: @name", type="payment_handle").masked == "PayPal: n…"
    assert identify("PayPal: name@example.com", type="payment_handle").masked == "PayPal: n…@example[.]com"
    assert "345678" not in identify("M-Pesa: +254712345678", type="payment_handle").masked


def test_found_in_text_with_its_sign() -> None:
    text = "He took PayPal @name_1 no, PayPal @name1, and Cash App $lucky7. We paid wise advisers $100 via PayPal."
    assert [find.canonical for find in extract(text) if find.type == "payment_handle"] == [
        "paypal:name1",
        "cashapp:lucky7",
    ]
