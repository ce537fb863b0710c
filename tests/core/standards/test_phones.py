"""Numbers told by their country's patterns are those that phonenumbers tells with its parser."""

from __future__ import annotations

import random

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.core.standards.phones import e164

CODES = sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)
KINDS = range(11)


def library_says(text: str) -> str:
    try:
        parsed = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def examples() -> list[str]:
    """An example of every kind of number of every region, as the library has them."""
    return [
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        for region in sorted(phonenumbers.SUPPORTED_REGIONS)
        for kind in KINDS
        if (number := phonenumbers.example_number_for_type(region, kind))
    ]


EXAMPLES = examples()


def test_knows_the_examples_of_every_region() -> None:
    quickly = sum(e164(text) == library_says(text) == text for text in EXAMPLES)
    assert quickly > 0.9 * len(EXAMPLES)  # the rest begin like a national prefix and are left to the library


@pytest.mark.parametrize("seed", range(4))
def test_accepts_nothing_that_the_library_refuses_or_writes_otherwise(seed: int) -> None:
    source = random.Random(seed)
    for _turn in range(1_500):
        chars = list(source.choice(EXAMPLES))
        for _change in range(source.randrange(3)):
            place = source.randrange(1, len(chars))
            kind = source.randrange(4)
            if kind == 0:
                chars[place] = source.choice("0123456789")
            elif kind == 1:
                del chars[place]
            else:
                chars.insert(place, source.choice("0123456789 .-"))
        text = "".join(chars)
        if found := e164(text):
            assert found == library_says(text), text


@given(st.sampled_from(CODES), st.text("0123456789", min_size=1, max_size=18))
def test_agrees_on_any_digits(code: int, digits: str) -> None:
    text = f"+{code}{digits}"
    assert e164(text) in ("", library_says(text))


@pytest.mark.parametrize("text", ["", "+", "49151", "+49 (151) 23456789", "+4915123456789 x5", "+49  151 2345678"])
def test_leaves_other_forms_to_the_library(text: str) -> None:
    assert e164(text) == ""


def test_reads_what_files_hold() -> None:
    for text in ("+4915123456789", "+49 1512 3456789", "+49-1512-3456789", "+49.1512.3456789"):
        assert e164(text) == "+4915123456789"
