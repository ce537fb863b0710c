from __future__ import annotations

import pytest

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.extract import extract
from efc_portal.indicators.identify import identify


@pytest.mark.parametrize(
    ("written", "canonical", "shown"),
    [
        ("Western Union: 123-456-7890", "westernunion:1234567890", "Western Union: 123-456-7890"),
        ("western union 1234567890", "westernunion:1234567890", "Western Union: 123-456-7890"),
        ("WU: MTCN 123 456 7890", "westernunion:1234567890", "Western Union: 123-456-7890"),
        ("MTCN 1234567890", "westernunion:1234567890", "Western Union: 123-456-7890"),
        ("MoneyGram: ref no. 12345678", "moneygram:12345678", "MoneyGram: 12345678"),
        ("Ria: PIN 123 456 789 01", "ria:12345678901", "Ria: 12345678901"),
        ("remitly: r12345678901", "remitly:R12345678901", "Remitly: R12345678901"),
        ("ML Kwarta Padala: KPP-1234-5678", "mlhuillier:KPP12345678", "M Lhuillier: KPP12345678"),
        ("1234567890 (Western Union)", "westernunion:1234567890", "Western Union: 123-456-7890"),
        ("Some Sender: ab-1234", "somesender:AB1234", "somesender: AB1234"),
    ],
)
def test_one_form_however_written(written: str, canonical: str, shown: str) -> None:
    found = identify(written, type="money_transfer")
    assert (found.canonical, found.display) == (canonical, shown)
    assert canonical.partition(":")[2][:-3] not in found.masked


@pytest.mark.parametrize(
    ("written", "rule", "sentence"),
    [
        ("1234567890", "structure", "Say of which service it is. Write it as Western Union: 1234567890"),
        ("Western Union: 123456789", "structure", "Western Union: it has 10 digits; this one has 9"),
        ("MoneyGram: 123456789", "structure", "MoneyGram: it has 8 digits; this one has 9"),
        ("Remitly: 12345678901", "structure", "Remitly: it has an R and 11 digits; this one has 11"),
        ("Some Sender: abc", "structure", "A reference has 5 to 30 letters and digits"),
        ("Western Union:", "structure", "Something is missing after the service"),
        ("Ria: 4111111111111111", "kind", "This has the form of a card number"),
    ],
)
def test_says_which_rule_of_which_service(written: str, rule: str, sentence: str) -> None:
    with pytest.raises(InvalidValue) as error:
        identify(written, type="money_transfer")
    assert error.value.rule == rule
    assert error.value.message.startswith(sentence)


def test_the_same_number_at_two_services_is_two_transfers() -> None:
    first, second = (identify(f"{service}: 12345678", type="money_transfer") for service in ("MoneyGram", "Other"))
    assert first != second


def test_a_number_alone_stays_what_it_was() -> None:
    with pytest.raises(InvalidValue) as error:
        identify("1234567890")
    assert error.value.types == ("phone",)


def test_found_in_text_where_it_says_what_it_is() -> None:
    text = "Sent by Western Union MTCN 123-456-7890, then MoneyGram ref 12345678; Ria is a town, call 1234567890."
    assert [find.canonical for find in extract(text)] == ["westernunion:1234567890", "moneygram:12345678"]
