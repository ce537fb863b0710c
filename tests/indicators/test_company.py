from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.extract import extract
from efc_portal.indicators.identify import identify

# LEIs of the public register (GLEIF); the first is the example of ISO 17442's own guidance on check digits.
LEIS = [
    "529900T8BM49AURSDO55",
    "5493000IBP32UQZ0KL24",
    "213800WAVVOPS85N2205",
    "HWUPKR0MPOU8FGXBT394",
    "7LTWFZYICNSX8D621K86",
    "INR2EJN1ERAN0W5ZP974",
    "506700GE1G29325QX363",
]


def refusal(value: str, **options: str) -> InvalidValue:
    with pytest.raises(InvalidValue) as error:
        identify(value, **options)
    return error.value


@pytest.mark.parametrize("lei", LEIS)
def test_leis(lei: str) -> None:
    for written in (lei, lei.lower(), f"LEI: {lei}", " ".join(lei[place : place + 4] for place in range(0, 20, 4))):
        found = identify(written)
        assert (found.type, found.canonical, found.country) == ("company", f"LEI:{lei}", "")
        assert identify(found.display) == found


@pytest.mark.parametrize("lei", LEIS)
def test_iso_7064_finds_every_wrong_and_every_swapped_character(lei: str) -> None:
    """MOD 97-10 finds all single errors, and the swaps of two digits or two letters (X3 and 3X are both 333 to it)."""
    for place, char in enumerate(lei):
        for other in "0123456789" if char.isdigit() else "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            if other != char:
                assert refusal(f"LEI {lei[:place]}{other}{lei[place + 1 :]}").rule == "checksum"
        swapped = lei[:place] + lei[place + 1 : place + 2] + char + lei[place + 2 :]
        if swapped != lei and char.isdigit() == lei[place + 1 : place + 2].isdigit():
            assert refusal(f"LEI {swapped}", type="company").rule == "checksum"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("FR 552 081 317", "FR:552081317"),
        ("fr: 552081317", "FR:552081317"),
        ("552 081 317 (FR)", "FR:552081317"),
        ("CH CHE-116.281.710", "CH:CHE116281710"),
        ("DE Aachen HRB 11223", "DE:Aachen HRB 11223"),
        ("AG Aachen HRB 11223", "DE:Aachen HRB 11223"),  # Amtsgericht, not Antigua
        ("HRB 11223 Aachen", "DE:Aachen HRB 11223"),
        ("GB 1234567", "GB:01234567"),
        ("GB SC123456", "GB:SC123456"),
        ("gb: sc 12 34 56", "GB:SC123456"),
        ("NL 12345", "NL:00012345"),
        ("SE 556703-7485", "SE:5567037485"),
    ],
)
def test_register_numbers(written: str, canonical: str) -> None:
    found = identify(written, type="company")
    assert (found.canonical, found.country) == (canonical, canonical[:2])
    assert identify(found.display, type="company") == found


def test_without_a_country_it_is_the_reporters() -> None:
    assert identify("552 081 317", type="company", region="FR").canonical == "FR:552081317"
    assert refusal("552 081 317", type="company").rule == "structure"


@pytest.mark.parametrize(
    ("value", "rule", "sentence"),
    [
        ("FR 552 081 318", "register", "This is no number of the company register of France"),
        ("QQ: 12345", "country", "No country has the code before the number"),
        ("GB: Northgate Media", "structure", "A register’s number has digits"),
        ("Northgate Media Ltd", "structure", "Give an LEI, or the number in the company register"),
        ("GB: 4111 1111 1111 1111", "kind", "This holds what would pass for a card number"),
        ("GB: ñ1234", "alphabet", "A register’s number has letters from A to Z"),
        ("LEI 529900T8BM49AURSDO5", "checksum", "A LEI has 20 letters and digits; this one has 19"),
    ],
)
def test_refusals(value: str, rule: str, sentence: str) -> None:
    error = refusal(value, type="company")
    assert (error.rule, error.message[: len(sentence)]) == (rule, sentence)


def test_an_iban_of_twenty_characters_stays_one() -> None:
    for iban in ("LU28 0019 4006 4475 0000", "AT61 1904 3002 3457 3201", "LT12 1000 0111 0100 1000"):
        assert identify(iban).type == "iban"
        assert refusal(iban[:-1] + "9").types == ("iban",)
    assert identify("MERCHANT NO 1234567890").type == "merchant"


@example("NO0000000000000000")  # not “LEI no.” and sixteen more
@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=18, max_size=18))
def test_every_number_with_its_check_digits_is_one(body: str) -> None:
    number = int("".join(str(int(char, 36)) for char in body) + "00")
    lei = f"{body}{98 - number % 97:02d}"
    assert identify(f"LEI {lei}").canonical == f"LEI:{lei}"


def test_found_in_text_by_its_checksum_alone() -> None:
    text = (
        "Northgate (LEI 529900T8BM49AURSDO55), not 529900T8BM49AURSDO56 nor ORDER2026ABCDEFGHI42; 213800WAVVOPS85N2205."
    )
    found = [find.canonical for find in extract(text) if find.type == "company"]
    assert found == ["LEI:529900T8BM49AURSDO55", "LEI:213800WAVVOPS85N2205"]


def test_what_only_a_checksum_of_two_digits_says_is_a_candidate() -> None:
    text = "HWUPKR0MPOU8FGXBT394 alone, LEI HWUPKR0MPOU8FGXBT394, 529900T8BM49AURSDO55, lei: 5299 00T8 BM49 AURS DO55."
    assert [str(find.confidence) for find in extract(text)] == ["candidate", "certain", "certain", "certain"]
