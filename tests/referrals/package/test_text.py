"""Text and amounts as the package writes them: drawable, defanged, exact."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.core.paper.glyphs import drawable, drawable_all
from efc_portal.referrals.package.defang import defang_text
from efc_portal.referrals.package.money import amount_exact, amount_shown, total


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zażółć gęślą jaźń, Ελλάδα, Україна", "Zażółć gęślą jaźń, Ελλάδα, Україна"),
        ("سلام שלום", "سلام שלום"),
        ("tab\there", "tab here"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\u202eb\u200bc", "a⟨U+202E⟩b⟨U+200B⟩c"),
        ("中\x00", "⟨U+4E2D⟩⟨U+0000⟩"),
        ("\ud800", "⟨U+D800⟩"),
    ],
)
def test_only_what_can_be_drawn_and_seen_stays(text: str, shown: str) -> None:
    assert drawable(text) == shown


def test_strict_leaves_no_mark_to_combine() -> None:
    assert drawable("e\u0301 q\u0301", strict=True) == "é q⟨U+0301⟩"


def test_it_reaches_into_lists_and_mappings() -> None:
    assert drawable_all({"a": ["\x00", {"b": "\u200b"}], "n": 1}) == {"a": ["⟨U+0000⟩", {"b": "⟨U+200B⟩"}], "n": 1}


@given(st.text())
def test_drawing_twice_changes_nothing_more(text: str) -> None:
    assert drawable(drawable(text)) == drawable(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://Pay.Example.com/a.b?c=d.e", "see hxxps://Pay[.]Example[.]com/a.b?c=d.e"),
        ("ftp://files.example.org", "fxp://files[.]example[.]org"),
        ("write to a.b@mail.example.co.uk.", "write to a.b@mail[.]example[.]co[.]uk."),
        ("at www.example.com and münchen.example", "at www[.]example[.]com and münchen[.]example"),
        ("hxxps://example[.]com", "hxxps://example[.]com"),
        ("tor://abc.onion:80/x", "tor://abc[.]onion:80/x"),
        ("EUR 1.250,00 on 3.4.2026, e.g. twice, in ledger.csv", "EUR 1.250,00 on 3.4.2026, e.g. twice, in ledger.csv"),
    ],
)
def test_addresses_are_defanged_and_the_rest_is_left(text: str, shown: str) -> None:
    assert defang_text(text) == shown


@given(st.text(st.sampled_from("ab.:/@[]-1 é")))
def test_defanging_twice_changes_nothing_more(text: str) -> None:
    assert defang_text(defang_text(text)) == defang_text(text)


@pytest.mark.parametrize("text", ["a" * 20_000, "a." * 10_000, "a@" * 10_000, "a://" * 5_000, "-" * 20_000])
def test_long_text_does_not_stall(text: str) -> None:
    assert len(defang_text(text)) >= len(text)


@pytest.mark.parametrize(
    ("amount", "currency", "exact", "english", "french"),
    [
        ("61200", "EUR", "61200.00", "61,200.00\u00a0EUR", "61\u202f200,00\u00a0EUR"),
        ("1200", "JPY", "1200", "1,200\u00a0JPY", "1\u202f200\u00a0JPY"),
        ("1.5", "BHD", "1.500", "1.500\u00a0BHD", "1,500\u00a0BHD"),
        ("0.150000000000000000", "BTC", "0.15000000", "0.15\u00a0BTC", "0,15\u00a0BTC"),
        ("2", "ETH", "2.000000000000000000", "2\u00a0ETH", "2\u00a0ETH"),
        ("9.999", "EUR", "9.999", "9.999\u00a0EUR", "9,999\u00a0EUR"),
        ("1E+3", "EUR", "1000.00", "1,000.00\u00a0EUR", "1\u202f000,00\u00a0EUR"),
    ],
)
def test_amounts_have_their_currencys_digits(amount: str, currency: str, exact: str, english: str, french: str) -> None:
    assert amount_exact(Decimal(amount), currency) == exact
    assert amount_shown(Decimal(amount), currency, "en") == english
    assert amount_shown(Decimal(amount), currency, "fr") == french


def test_sums_keep_every_digit() -> None:
    tiny, huge = Decimal("0.000000000000000001"), Decimal("999999999999.0")
    assert str(total([huge, tiny])) == "999999999999.000000000000000001"


@given(
    st.decimals(min_value=0, max_value=10**11, places=18), st.sampled_from(["EUR", "JPY", "BHD", "ETH", "BTC", "XXX"])
)
def test_exact_is_exact(amount: Decimal, currency: str) -> None:
    assert Decimal(amount_exact(amount, currency)) == amount
