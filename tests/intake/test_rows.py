"""Rows of a file: what is kept of them, and what is said of what is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from efc_portal.intake.reading import Exact, RawRow
from efc_portal.intake.rows import Checked, Columns, Formats, RowError, columns_propose, rows_check
from efc_portal.submissions.forms import PaymentForm
from tests.intake.samples import CARD, IBAN, OTHER_IBAN, WRONG_IBAN

ALL = ("value", "type", "role", "amount", "currency", "date", "method", "country")
COLUMNS = columns_propose(ALL)
TODAY = date(2026, 6, 1)


def checked(
    *rows: list[str], formats: Formats | None = None, columns: Columns = COLUMNS, region: str = "DE"
) -> Checked:
    raw = [RawRow(number, cells) for number, cells in enumerate(rows, 2)]
    return rows_check(raw, columns, formats or Formats(), region=region, today=TODAY)


def row(value: str = IBAN, **cells: str) -> list[str]:
    return [value, *(cells.get(key, "") for key in ALL[1:])]


def error(*rows: list[str], formats: Formats | None = None, columns: Columns = COLUMNS) -> RowError:
    """The one error of some rows, in a whole sentence."""
    found = checked(*rows, formats=formats, columns=columns).errors
    assert len(found) == 1
    assert "%(" not in str(found[0].sentence)
    return found[0]


def test_a_whole_row_is_kept_as_it_says() -> None:
    whole = row(
        type="IBAN", role="sender", amount="1234.50", currency="eur", date="2026-03-31", method="SEPA", country="fr"
    )
    (kept,) = checked(whole).rows
    assert (kept.number, kept.recognised.canonical, kept.role, kept.method) == (2, IBAN, "sender", "bank_transfer")
    assert (kept.amount, kept.currency, kept.seen_on) == (Decimal("1234.50"), "EUR", date(2026, 3, 31))
    assert kept.country == "DE"  # the value says so itself


def test_a_value_alone_is_enough() -> None:
    (kept,) = checked([IBAN], columns=Columns(value=0)).rows
    assert (kept.role, kept.amount, kept.currency, kept.seen_on, kept.method) == ("other", None, "", None, "")


def test_short_rows_are_filled_up() -> None:
    assert len(checked([IBAN], [OTHER_IBAN, ""]).rows) == 2


def test_a_row_that_fails_stops_no_other_and_tells_all_that_is_wrong() -> None:
    wrong = row(WRONG_IBAN, type="nothing", role="chief", amount="x", currency="EUR", date="soon", method="barter")
    result = checked(row(), wrong, row(OTHER_IBAN))
    assert [kept.number for kept in result.rows] == [2, 4]
    assert [one.column for one in result.errors] == ["value", "type", "role", "amount", "date", "method"]
    assert {one.number for one in result.errors} == {3}


def test_a_wrong_value_is_masked_and_its_rule_named() -> None:
    found = error(row(WRONG_IBAN))
    assert (found.column, found.masked, found.rule) == ("value", "DE89…3001", "checksum")
    assert WRONG_IBAN[4:-4] not in str(found.sentence)


def test_an_empty_value_says_so() -> None:
    assert error(row("", amount="1", currency="EUR")).rule == "empty"


def test_the_type_decides_what_a_value_is() -> None:
    digits = "01512 3456789"
    assert checked(row(digits, type="phone")).rows[0].recognised.canonical == "+4915123456789"
    assert checked(row(digits, type="Merchant")).rows[0].recognised.type == "merchant"


def test_a_phone_number_is_of_the_row_s_country_else_of_the_reporter_s() -> None:
    values = [row("01512 3456789"), row("06 12 34 56 78", country="Frankreich")]
    assert [one.recognised.canonical for one in checked(*values).rows] == ["+4915123456789", "+33612345678"]


@pytest.mark.parametrize(
    ("decimal", "text", "amount"),
    [
        (".", "1234.5", "1234.5"),
        (".", "1,234.50", "1234.50"),
        (".", "1,234,567", "1234567"),
        (".", "1 234.50", "1234.50"),
        (".", "1'234.50", "1234.50"),
        (".", ".5", "0.5"),
        (",", "1234,5", "1234.5"),
        (",", "1.234,50", "1234.50"),
        (",", "1.234", "1234"),
        (",", "1\u202f234,50", "1234.50"),
        (",", "1.234.567,00", "1234567.00"),
    ],
)
def test_an_amount_is_read_as_its_format_was_stated(decimal: str, text: str, amount: str) -> None:
    (kept,) = checked(row(amount=text, currency="EUR"), formats=Formats(decimal)).rows
    assert kept.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("decimal", "text", "rule"),
    [
        (".", "1234,50", "amount_format"),
        (".", "1,23", "amount_format"),
        (".", "12,34,567", "amount_format"),
        (".", "1.234,50", "amount_format"),
        (",", "1234.50", "amount_format"),
        (",", "1,234.50", "amount_format"),
        (",", "1.2345", "amount_format"),
        (".", "1.234.567", "amount"),
        (".", "-5", "amount"),
        (".", "5 EUR", "amount"),
        (".", "1e3", "amount"),
        (".", "١٢", "amount"),
        (".", "1000000000000", "amount_large"),
        (".", "1.234", "minor_units"),
    ],
)
def test_an_amount_that_does_not_fit_is_refused_and_never_guessed(decimal: str, text: str, rule: str) -> None:
    found = error(row(amount=text, currency="EUR"), formats=Formats(decimal))
    assert (found.column, found.rule, found.masked) == ("amount", rule, text)


def test_numbers_of_typed_cells_have_a_point_whatever_is_stated() -> None:
    typed = row(currency="BTC")
    typed[3] = Exact("1.125")
    assert checked(typed, formats=Formats(",")).rows[0].amount == Decimal("1.125")


@pytest.mark.parametrize(
    ("order", "text", "day"),
    [
        ("ymd", "2026/03/04", date(2026, 3, 4)),
        ("ymd", "20260304", date(2026, 3, 4)),
        ("dmy", "03/04/2026", date(2026, 4, 3)),
        ("dmy", "3.4.2026", date(2026, 4, 3)),
        ("mdy", "03/04/2026", date(2026, 3, 4)),
        ("dmy", "03/04/2026 14:05:00", date(2026, 4, 3)),
        *((order, "2026-03-04", date(2026, 3, 4)) for order in ("ymd", "dmy", "mdy")),
        ("mdy", "2026-03-04T10:00:00Z", date(2026, 3, 4)),
    ],
)
def test_a_day_is_read_in_the_stated_order(order: str, text: str, day: date) -> None:
    assert checked(row(date=text), formats=Formats(dates=order)).rows[0].seen_on == day


@pytest.mark.parametrize(
    ("order", "text", "rule"),
    [
        ("ymd", "03/04/2026", "date_format"),
        ("dmy", "03/13/2026", "date_format"),
        ("mdy", "13/03/2026", "date_format"),
        ("dmy", "03/04/26", "date_format"),
        ("dmy", "2026/04/03", "date_format"),
        ("dmy", "31/02/2026", "date_format"),
        ("dmy", "20260304", "date_format"),
        ("ymd", "46112", "date_format"),
        ("ymd", "2026-06-02", "future"),
    ],
)
def test_a_day_that_does_not_fit_names_the_stated_order(order: str, text: str, rule: str) -> None:
    found = error(row(date=text), formats=Formats(dates=order))
    assert (found.column, found.rule) == ("date", rule)
    if rule == "date_format":
        named = {"ymd": "year, month, day", "dmy": "day, month, year", "mdy": "month, day, year"}[order]
        assert named in str(found.sentence)


def test_an_amount_needs_a_currency_and_the_file_may_have_one_for_all() -> None:
    assert error(row(amount="5")).rule == "currency_missing"
    assert checked(row(amount="5"), formats=Formats(currency="EUR")).rows[0].currency == "EUR"
    assert checked(row(amount="5", currency="USD"), formats=Formats(currency="EUR")).rows[0].currency == "USD"


def test_a_currency_without_an_amount_says_nothing() -> None:
    assert checked(row(currency="EUR")).rows[0].currency == ""


def test_currencies_have_their_own_minor_units() -> None:
    amounts = [("JPY", "1200"), ("KWD", "1.234"), ("BTC", "0.00000001"), ("ETH", "0." + "0" * 17 + "1")]
    assert not checked(*(row(amount=amount, currency=code) for code, amount in amounts)).errors
    assert error(row(amount="0.000000001", currency="BTC")).rule == "minor_units"
    assert error(row(amount="12.5", currency="JPY")).rule == "minor_units"
    assert error(row(amount="1", currency="XYZ")).rule == "currency"


def test_form_and_file_say_the_same_sentence() -> None:
    for amount, currency in (("12.3456", "EUR"), ("12.5", "JPY"), ("x", "EUR"), ("1000000000000", "EUR")):
        form = PaymentForm({"amount": amount, "currency": currency, "method": "cash"})
        (said,) = form.errors["amount"]
        assert str(error(row(amount=amount, currency=currency)).sentence) == said


def test_form_refuses_a_day_in_the_future_as_the_file_does() -> None:
    form = PaymentForm({"amount": "1", "currency": "EUR", "method": "cash", "paid_on": "2999-01-01"})
    with pytest.raises(ValidationError):
        raise ValidationError(form.errors["paid_on"])
    assert form.errors["paid_on"] == [str(error(row(date="2999-01-01")).sentence)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("recipient", "recipient"),
        ("Recipient of money", "recipient"),
        ("Empfänger", "recipient"),
        ("EMPFAENGER", "recipient"),
        ("bénéficiaire", "recipient"),
        ("Auftraggeber", "sender"),
        ("", "other"),
    ],
)
def test_parts_are_understood_in_three_languages(text: str, code: str) -> None:
    assert checked(row(role=text)).rows[0].role == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("virtual_currency", "virtual_currency"),
        ("Virtual currency", "virtual_currency"),
        ("Überweisung", "bank_transfer"),
        ("virement bancaire", "bank_transfer"),
        ("Kreditkarte", "payment_card"),
        ("Espèces", "cash"),
    ],
)
def test_methods_are_understood_in_three_languages(text: str, code: str) -> None:
    assert checked(row(method=text)).rows[0].method == code


def test_a_row_that_slipped_is_refused_whole() -> None:
    slipped = [IBAN, "", "", "12", "50", "EUR", "2026-03-31", "", "", "x"]
    found = checked(slipped).errors
    assert "cells" in [one.rule for one in found]
    assert not checked([*row(), "", " "]).errors  # nothing stands in the further cells


def test_a_number_that_a_spreadsheet_shortened_is_told_as_such() -> None:
    assert error(row("3.70400440532013E+17")).rule == "shortened"
    assert error(row("3,70E+17")).rule == "shortened"


def test_a_value_that_cannot_be_read_is_refused() -> None:
    assert error(row("M\ufffdller Shop")).rule == "encoding"


def test_what_is_kept_of_a_broken_row_has_no_full_card_number() -> None:
    result = checked(row(CARD, role="chief"), row(f"{CARD} {CARD}"), row("x", role=CARD))
    kept = [cell for cells in result.broken.values() for cell in cells]
    shown = [one.masked for one in result.errors]
    assert set(result.broken) == {2, 3, 4}
    assert kept[0] == "411111******1111"
    assert not any(CARD in text for text in [*kept, *shown])


def test_numbers_of_a_broken_row_are_kept_as_the_file_is_stated_to_write_them() -> None:
    typed = row(WRONG_IBAN, currency="EUR")
    typed[3] = Exact("1.12")
    assert checked(typed, formats=Formats(",")).broken[2][3] == "1,12"


def test_a_card_number_is_cut_at_once() -> None:
    assert checked(row(CARD)).rows[0].recognised.canonical == "411111******1111"


def test_a_sentence_is_in_the_language_of_who_reads_it() -> None:
    found = error(row(amount="5"))
    with translation.override("fr"):
        french = str(found.sentence)
    assert str(found.sentence).startswith("The amount has no currency")
    assert isinstance(french, str)


def test_formulas_are_values_and_nothing_more() -> None:
    found = error(row("=cmd|' /C calc'!A0"))
    assert found.rule == "unrecognised"


def test_without_a_column_of_values_nothing_can_be_checked() -> None:
    with pytest.raises(ValueError, match="column of values"):
        checked(row(), columns=Columns(amount=1))


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("Identifier", "Type", "Part it plays", "Amount", "Currency", "Date", "Method", "Country"), ALL),
        (("IBAN", "Betrag", "Währung", "Buchungstag"), ("value", "amount", "currency", "date")),
        (("Identifiant", "Montant", "Devise", "Moyen de paiement"), ("value", "amount", "currency", "method")),
        (("account_number", "txn", "transaction-date"), ("value", "date")),
    ],
)
def test_columns_are_found_by_their_names_in_three_languages(names: tuple[str, ...], found: tuple[str, ...]) -> None:
    proposed = columns_propose(names)
    assert tuple(key for key in ALL if getattr(proposed, key) is not None) == found
    assert proposed.width == len(names)
    assert Columns.from_json(proposed.to_json()) == proposed


def test_of_two_columns_for_the_same_the_first_counts() -> None:
    assert columns_propose(["Date", "Value", "Booking date"]).date == 0


def test_formats_go_through_json() -> None:
    formats = Formats(",", "dmy", "EUR")
    assert Formats.from_json(formats.to_json()) == formats
