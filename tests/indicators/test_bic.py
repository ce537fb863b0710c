from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schwifty import BIC

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.indicators.extract import extract
from efc_portal.indicators.identify import identify


@pytest.mark.parametrize(
    ("written", "canonical", "country", "detail"),
    [
        ("DEUTDEFF", "DEUTDEFF", "DE", "Primary office"),
        ("deut de ff xxx", "DEUTDEFF", "DE", "Primary office"),
        ("DEUTDEFF500", "DEUTDEFF500", "DE", "Branch 500"),
        ("BIC: CHASUS33", "CHASUS33", "US", "Primary office"),
        ("SWIFT/BIC NDEAFIHH", "NDEAFIHH", "FI", "Primary office"),
        ("swift code: ndeafihh", "NDEAFIHH", "FI", "Primary office"),
        ("AAAAXKB1XXX", "AAAAXKB1", "XK", "Primary office, not itself on the network"),
    ],
)
def test_one_form_however_written(written: str, canonical: str, country: str, detail: str) -> None:
    found = identify(written, type="bic")
    assert (found.canonical, found.country, found.detail) == (canonical, country, detail)


@pytest.mark.parametrize(
    ("written", "rule", "sentence"),
    [
        ("DEUTDEF", "length", "Wrong length: a BIC has 8 characters, or 11 with its branch; this one has 7"),
        ("DEUTDEFF50", "length", "Wrong length"),
        ("DEUTQQFF", "country", "Position 5: a BIC names its country there, and QQ is none"),
        ("DEUT1EFF", "country", "Position 5"),
        ("DEUTDEF0", "test", "Position 8: with a 0 there it is a test BIC, behind which no bank stands"),
        ("DEUTDEF0XXX", "test", "Position 8"),
        ("DEUT-EFF", "alphabet", "Position 5: - cannot stand in a BIC"),
    ],
)
def test_says_what_is_wrong_and_where(written: str, rule: str, sentence: str) -> None:
    with pytest.raises(InvalidValue) as error:
        identify(written, type="bic")
    assert error.value.rule == rule
    assert error.value.message.startswith(sentence)


@pytest.mark.parametrize("written", ["DEUTDEFF500", "CHASUS33", "DEUTDEFFXXX", "BIC DEUTDEFF", "SWIFT: NDEAFIHH"])
def test_recognised_by_itself_where_it_shows(written: str) -> None:
    assert identify(written).type == "bic"


@pytest.mark.parametrize("word", ["WESTSHOP", "BUSINESS", "FOOTBALL", "Westshop", "PASSWORD", "chasus33"])
def test_words_are_not_taken_for_banks(word: str) -> None:
    with pytest.raises(InvalidValue) as error:
        identify(word)
    assert "bic" not in error.value.types


def test_a_branch_lies_under_its_bank() -> None:
    found = identify("DEUTDEFF500", type="bic")
    assert list(found.declaration.covered_by(found.canonical)) == [("bic", "DEUTDEFF")]
    assert not list(found.declaration.covered_by("DEUTDEFF"))


def test_found_in_text_where_it_says_what_it_is() -> None:
    text = "The BIC is NDEAFIHH; SWIFT code: DEUTDEFF500. Bought at WESTSHOP, BUSINESS as usual."
    assert [find.canonical for find in extract(text)] == ["DEUTDEFF500"]
    assert [find.canonical for find in extract("BIC NDEAFIHH")] == ["NDEAFIHH"]


@given(st.from_regex(r"[A-Z]{4}(?:DE|FR|US|GB|QQ|X1)[A-Z1-9]{2}(?:[A-Z0-9]{3})?", fullmatch=True))
def test_agrees_with_schwifty(written: str) -> None:
    valid = BIC(written, allow_invalid=True).is_valid
    try:
        identify(written, type="bic")
    except InvalidValue as error:
        assert not valid or error.rule in ("empty", "mark")
    else:
        assert valid
