"""The CSV files: exact, dated, and never a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.core.spreadsheets import cell
from efc_portal.referrals.package.tables import identifiers_csv, payments_csv
from tests.referrals.package import sample


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def test_they_have_a_byte_order_mark_and_rfc_4180_line_ends() -> None:
    body = identifiers_csv(sample.CONTENT)
    assert body.startswith(b"\xef\xbb\xbf")
    assert body.count(b"\r\n") == body.count(b"\n") == len(sample.CONTENT.identifiers) + 1


def test_an_identifier_has_its_roles_days_and_submissions() -> None:
    first = rows(identifiers_csv(sample.CONTENT))[0]
    assert first == {
        "type": "iban",
        "type_label": "IBAN",
        "value": "PL61109010140000071219812874",
        "country": "PL",
        "roles": "recipient",
        "first_seen": "2026-03-04",
        "last_seen": "2026-10-12",
        "submissions": "S-2026-000118 S-2026-000121",
        "chains": "",
        "tokens": "",
    }
    wallet = replace(sample.WALLET, chains=("bsc", "polygon"), tokens=("USDT",))
    (row,) = rows(identifiers_csv(sample.content(identifiers=(wallet,))))
    assert (row["chains"], row["tokens"]) == ("bsc polygon", "USDT")


@pytest.mark.parametrize(
    ("amount", "currency", "written"), [("1200", "JPY", "1200"), ("1.5", "BHD", "1.500"), ("0.15", "BTC", "0.15000000")]
)
def test_amounts_have_their_currencys_minor_units(amount: str, currency: str, written: str) -> None:
    payment = replace(sample.payments(1)[0], amount=Decimal(amount), currency=currency, paid_on=date(2026, 1, 2))
    (row,) = rows(payments_csv(sample.content(payments=(payment,))))
    assert (row["amount"], row["currency"], row["date"]) == (written, currency, "2026-01-02")


def test_a_side_that_is_not_known_is_empty() -> None:
    payment = replace(sample.payments(1)[0], sender=None, paid_on=None)
    (row,) = rows(payments_csv(sample.content(payments=(payment,))))
    assert row["sender"] == row["sender_type"] == row["date"] == ""
    assert row["recipient"] == sample.IBAN.value


@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        "+48221234567",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1",
        "  =cmd|' /C calc'!A0",
        "＝1+1",
        "\u22122",
        '=HYPERLINK("https://example.com","x")',
        "\u00a0=1",
    ],
)
def test_no_cell_is_a_formula(value: str) -> None:
    identifier = replace(sample.SHOP, value=value)
    (row,) = rows(identifiers_csv(sample.content(identifiers=(identifier,))))
    assert row["value"].startswith("'")


@given(st.text())
def test_a_cell_is_one_line_and_harmless(value: str) -> None:
    written = cell(value)
    assert "\n" not in written
    assert "\r" not in written
    assert "\x00" not in written
    assert not written.lstrip().startswith(("=", "+", "-", "@"))


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_taking_the_apostrophe_away_gives_the_value_back(value: str) -> None:
    written = cell(value)
    assert (written[1:] if written.startswith("'") else written) == value
