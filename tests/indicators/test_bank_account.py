from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.ar import cbu
from stdnum.exceptions import InvalidChecksum
from stdnum.nz import bankaccount
from stdnum.us import rtn

from efc_portal.core.standards.accounts import FORMATS, parsed
from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.extract import extract
from efc_portal.indicators.identify import identify

# Of each country an account as it is written there, its canonical form, how it is shown, and the bank's code. Check
# digits are those of published examples: CLABE and CBU of their descriptions, NUBAN of the central bank's circular,
# the two Russian ones of the Bank of Russia's order of 8 September 1997, New Zealand's of Inland Revenue's guide.
WRITTEN = [
    ("US 021000021 / 123456789", "US/021000021/123456789", "US 021000021 / 123456789", "021000021"),
    ("GB 20-00-00 55779911", "GB/200000/55779911", "GB 20-00-00 / 55779911", "20-00-00"),
    ("AU 062-000 1234 5678", "AU/062000/12345678", "AU 062-000 / 12345678", "062-000"),
    ("CA 00011-001 / 1234567", "CA/000100011/1234567", "CA 00011-001 / 1234567", "001"),
    ("IN SBIN0001234 / 12345678901", "IN/SBIN0001234/12345678901", "IN SBIN0001234 / 12345678901", "SBIN"),
    ("BR 001 / 1234-5 / 123456-X", "BR/001/1234/123456X", "BR 001 / 1234 / 123456X", "001"),
    ("MX 032180000118359719", "MX/032180000118359719", "MX 032-180-00011835971-9", "032"),
    ("AR 28505909 40090418135201", "AR/2850590940090418135201", "AR 28505909-40090418135201", "285"),
    ("JP 0001-001 / 123456", "JP/0001001/0123456", "JP 0001-001 / 0123456", "0001"),
    ("NZ 01-0242-0100194-00", "NZ/01/0242/0100194/000", "NZ 01-0242-0100194-000", "01"),
    ("NG 011 / 0000014579", "NG/011/0000014579", "NG 011 / 0000014579", "011"),
    (
        "RU 049805746 / 40602810700000000025",
        "RU/049805746/40602810700000000025",
        "RU 049805746 / 40602810700000000025",
        "049805746",
    ),
    (
        "RU 049805000 / 30101810800000000746",
        "RU/049805000/30101810800000000746",
        "RU 049805000 / 30101810800000000746",
        "049805000",
    ),
    ("UA 305299 / 26000123456", "UA/305299/26000123456", "UA 305299 / 26000123456", "305299"),
    ("ZA 632005 / 4075008247", "ZA/632005/4075008247", "ZA 632005 / 4075008247", "632005"),
    ("PH 010040018 / 1234567890", "PH/010040018/1234567890", "PH 010040018 / 1234567890", "010040018"),
    ("TH 004 / 123-4-56789-0", "TH/004/1234567890", "TH 004 / 1234567890", "004"),
    ("CN 102100099996 / 0200001009012345678", "CN/102100099996/0200001009012345678", None, "102100099996"),
    ("HK 004 / 123-456789-838", "HK/004/123456789838", "HK 004 / 123456789838", "004"),
    ("KR 088 / 110-123-456789", "KR/088/110123456789", "KR 088 / 110123456789", "088"),
    ("VN 970436 / 0011001234567", "VN/970436/0011001234567", "VN 970436 / 0011001234567", "970436"),
    ("PH BOPIPHMMXXX / 1234567890", "PH/BOPIPHMM/1234567890", "PH BOPIPHMM / 1234567890", "BOPIPHMM"),
    ("US CHASUS33 / 123456789", "US/CHASUS33/123456789", "US CHASUS33 / 123456789", "CHASUS33"),
]


def refusal(value: str, **options: str) -> InvalidValue:
    with pytest.raises(InvalidValue) as error:
        identify(value, type="bank_account", **options)
    return error.value


@pytest.mark.parametrize(("written", "canonical", "shown", "bank"), WRITTEN)
def test_each_country(written: str, canonical: str, shown: str | None, bank: str) -> None:
    found = identify(written, type="bank_account")
    assert found.canonical == canonical
    assert found.display == (shown or written)
    assert found.detail == f"Bank code {bank}"
    assert found.country == written[:2]
    assert identify(written) == found
    assert identify(found.display) == found


@pytest.mark.parametrize(
    "written",
    ["US 021000021 / 4111111111111111", "PH 010040018 / 5555555555554444", "IN SBIN0001234 / 378282246310005"],
)
def test_no_card_is_kept_for_an_account(written: str) -> None:
    answer = refusal(written)
    assert answer.rule == "kind"
    assert "give it as a payment card" in str(answer)


def test_every_country_with_a_format_is_tested() -> None:
    assert {canonical[:2] for _written, canonical, _shown, _bank in WRITTEN} >= set(FORMATS)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("us021000021/123456789", "US/021000021/123456789"),
        ("US 021000021 123456789", "US/021000021/123456789"),
        ("US: 021000021, 123456789", "US/021000021/123456789"),
        ("ABA 021000021 Acct 123456789", "US/021000021/123456789"),
        ("Routing number: 021000021, account number: 123456789", "US/021000021/123456789"),
        ("ＵＳ ０２１００００２１ ／ １２３４５６７８９", "US/021000021/123456789"),
        ("UK 200000 / 5577991", "GB/200000/05577991"),
        ("Sort code 20-00-00, account 55779911", "GB/200000/55779911"),
        ("sort code: 20 00 00 and account no. 5577 9911", "GB/200000/55779911"),
        ("GB 20 00 00 55779911", "GB/200000/55779911"),
        ("GB20–00–00 55779911", "GB/200000/55779911"),
        ("BSB 062-000 Acc. 12345678", "AU/062000/12345678"),
        ("CA 001 00011 1234567", "CA/000100011/1234567"),
        ("CA 000100011 1234567", "CA/000100011/1234567"),
        ("transit 00011 institution 001 account 1234567", "CA/000100011/1234567"),
        ("SBIN0001234 12345678901", "IN/SBIN0001234/12345678901"),
        ("IFSC SBIN0001234 A/C 12345678901", "IN/SBIN0001234/12345678901"),
        ("BR 1 Ag 1234 C/C 123456-7".replace("1 Ag", "001 Ag"), "BR/001/1234/1234567"),
        ("BR 00000000 / 0001 / 123456-7", "BR/00000000/0001/1234567"),
        ("CLABE 032 180 00011835971 9", "MX/032180000118359719"),
        ("CBU: 2850590940090418135201", "AR/2850590940090418135201"),
        ("NZ 01 0242 100194 0", "NZ/01/0242/0100194/000"),
        ("NZ0102420100194000", "NZ/01/0242/0100194/000"),
        ("BIK 049805746 account 40602810700000000025", "RU/049805746/40602810700000000025"),
        ("БИК 049805746 40602810700000000025", "RU/049805746/40602810700000000025"),
        ("NG 000011 / 0000014579", "NG/011/0000014579"),
        ("JP 0001 001 1234567", "JP/0001001/1234567"),
        ("BLZ 37040044 Konto 532013000", "DE/37040044/532013000"),
    ],
)
def test_one_form_however_written(written: str, canonical: str) -> None:
    assert identify(written, type="bank_account").canonical == canonical


def test_without_a_country_it_is_the_reporters() -> None:
    assert identify("20-00-00 55779911", type="bank_account", region="GB").canonical == "GB/200000/55779911"
    assert refusal("20-00-00 55779911", region="DE").rule == "country"
    assert refusal("20-00-00 55779911").message == (
        "Begin with the two letters of the account’s country, as in US 021000021 / 123456789"
    )


@pytest.mark.parametrize(
    ("written", "rule", "sentence"),
    [
        ("US 021000022 / 1234", "checksum", "Routing number: wrong checksum."),
        ("US 021000012 / 1234", "checksum", "Routing number: wrong checksum."),
        ("US 991000021 / 1234", "range", "Routing number: no such number begins with 99"),
        ("US 02100002 123456789", "length", "Routing number: wrong length. It has 9 characters, this one has 8"),
        ("US 021000021 / 123", "length", "Account number: wrong length. It has 4–17 characters, this one has 3"),
        ("US 021000021 / 12345a", "alphabet", "Account number: position 6 does not fit its form"),
        ("US 021000021 / 0000", "range", "The account number is all zeros"),
        ("GB 20-00-0 / 55779911", "length", "Sort code: wrong length. It has 6 characters, this one has 5"),
        ("GB 20-00-00 / 557799111", "length", "Account number: wrong length."),
        ("GB 20-00-00", "structure", "Give an account of United Kingdom as: GB Sort code / Account number"),
        ("IN SBIN1001234 / 12345678901", "alphabet", "IFSC: position 1 does not fit its form"),
        ("MX 032180000118359718", "checksum", "CLABE: wrong checksum."),
        ("AR 2850590940090418135202", "checksum", "CBU: wrong checksum."),
        ("NZ 01-0242-0100195-00", "checksum", "Account number: wrong checksum."),
        ("NG 011 / 0000014578", "checksum", "Account number: wrong checksum."),
        ("RU 049805746 / 40602810800000000025", "checksum", "Account number: wrong checksum."),
        ("PH 010040019 / 1234567890", "checksum", "BRSTN: wrong checksum."),
        ("US 021000021 / 12345_789", "alphabet", "_ cannot stand in an account number"),
        ("ZZ 1234 / 56789", "country", "Begin with the two letters"),
        ("DE 532013000", "structure", "Give an account of Germany as: DE Bank code / Account number"),
        ("DE89 3704 0044 0532 0130 00", "kind", "This is an IBAN."),
        ("DE89 3704 0044 0532 0130 01", "kind", "This is an IBAN."),
        ("IBAN GB29 NWBK 6016 1331 9268 19", "kind", "This is an IBAN."),
        ("PH BOPIPHM0 / 1234567890", "test", "Position 8: with a 0 there it is a test BIC"),
        ("CN 102100099996 / 6200000000000005", "kind", "This has the form of a card number"),
        ("CN 102100099996 / 620000******0005", "kind", "This has the form of a card number"),
    ],
)
def test_says_which_part_breaks_which_rule(written: str, rule: str, sentence: str) -> None:
    error = refusal(written)
    assert error.rule == rule
    assert error.message.startswith(sentence)


@pytest.mark.parametrize(
    "value", ["021000021 123456789", "55779911", "123456789", "NO 12345678", "AT 10", "CAFE 1234", "US", "IN 2024"]
)
def test_numbers_alone_are_not_taken_for_accounts(value: str) -> None:
    try:
        assert identify(value).type != "bank_account"
    except InvalidValue as error:
        assert "bank_account" not in error.types


def test_an_iban_stays_one() -> None:
    assert identify("GB29 NWBK 6016 1331 9268 19").type == "iban"
    with pytest.raises(InvalidValue) as error:
        identify("GB29 NWBK 6016 1331 9268 18")
    assert error.value.types == ("iban",)


def test_a_british_iban_holds_the_account_as_it_is_written_at_home() -> None:
    iban = identify("GB29 NWBK 6016 1331 9268 19")
    home = identify("Sort code 60-16-13, account 31926819")
    assert list(iban.declaration.covered_by(iban.canonical)) == [(home.type, home.canonical)]
    assert not list(iban.declaration.covered_by("DE89370400440532013000"))


def test_an_account_by_its_banks_bic_lies_under_the_bank() -> None:
    found = identify("PH BOPIPHMM / 1234567890")
    assert list(found.declaration.covered_by(found.canonical)) == [("bic", "BOPIPHMM")]
    assert not list(found.declaration.covered_by("PH/010040018/1234567890"))


def test_is_shown_by_its_end() -> None:
    assert identify("US 021000021 / 123456789").masked == "US … 6789"
    assert identify("NZ 01-0242-0100194-00").masked == "NZ … 0194"


def test_found_in_text_where_it_says_what_it_is() -> None:
    text = "Paid to sort code 20-00-00, account 55779911 and to CLABE 032180000118359719 (ref. 021000021 123456789)."
    assert [(find.canonical, str(find.confidence)) for find in extract(text)] == [
        ("GB/200000/55779911", "candidate"),
        ("MX/032180000118359719", "certain"),
    ]


@given(st.text("0123456789", min_size=9, max_size=9))
def test_routing_numbers_agree_with_stdnum(digits: str) -> None:
    try:
        identify(f"US {digits} / 1234567", type="bank_account")
    except InvalidValue as error:
        assert error.rule == "range" or not rtn.is_valid(digits)
    else:
        assert rtn.is_valid(digits)


@given(st.text("0123456789", min_size=20, max_size=20))
def test_cbus_agree_with_stdnum(digits: str) -> None:
    for check in "0123456789":
        number = f"{digits[:7]}{cbu.calc_check_digit(digits[:7])}{digits[7:]}{check}"
        try:
            identify(f"AR {number}", type="bank_account")
        except InvalidValue:
            assert not cbu.is_valid(number) or not number.strip("0")
        else:
            assert cbu.is_valid(number)


@given(
    st.sampled_from(["01", "02", "03", "06", "08", "09", "12", "25", "26", "29", "31", "33", "38"]),
    st.text("0123456789", min_size=13, max_size=13),
)
def test_new_zealand_agrees_with_stdnum(bank: str, digits: str) -> None:
    number = f"{bank}{digits[:4]}0{digits[4:10]}{digits[10:]}"
    try:
        bankaccount.validate(number)
        valid = True
    except InvalidChecksum:
        valid = False
    except Exception:  # the register of branches is not ours
        valid = True
    try:
        identify(f"NZ {number[:2]}-{number[2:6]}-{number[6:13]}-{number[13:]}", type="bank_account")
    except InvalidValue as error:
        assert error.rule == "checksum"
        assert not valid
    else:
        assert valid


@given(st.sampled_from([canonical for _written, canonical, _shown, _bank in WRITTEN]), st.data())
def test_a_mistyped_digit_of_a_checked_number_is_caught(canonical: str, data: st.DataObject) -> None:
    account = parsed(canonical)
    if account.format.check is None or account.country == "NZ":
        return
    part = account.parts[0] if account.country in ("US", "PH") else account.parts[-1]
    place = data.draw(st.integers(0, len(part) - 1))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != part[place]]))
    with pytest.raises(InvalidValue):
        identify(canonical.replace(part, part[:place] + digit + part[place + 1 :]), type="bank_account")


@given(
    st.sampled_from([written for written, *_rest in WRITTEN] + [canonical for _written, canonical, *_rest in WRITTEN]),
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(list("0123456789 -/.,XA"))), max_size=3),
)
def test_however_mistyped_it_is_one_account_or_a_sentence(written: str, edits: list[tuple[int, str]]) -> None:
    for place, char in edits:
        written = written[:place] + char + written[place + 1 :]
    try:
        found = identify(written, type="bank_account")
    except InvalidValue as error:
        assert error.message
        return
    assert identify(found.canonical, type="bank_account") == found
    assert identify(found.display, type="bank_account") == found
    assert parsed(found.canonical).canonical == found.canonical
