"""What is read out of what people paste."""

from __future__ import annotations

import pytest

from efc_portal.cases.lookup.reading import Line, lines_of, values_read
from efc_portal.core.errors import ApplicationError
from efc_portal.indicators.types import Recognised
from tests.factories.stages import IBAN

PAN = "4012 8888 8888 1881"


def test_one_value_a_line() -> None:
    assert lines_of(f"{IBAN}\r\n\r\n  a@b.example \n") == [Line(1, IBAN), Line(3, "a@b.example")]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("IBAN", f"name;iban\nOrion;{IBAN}\n"),
        ("iban", f"Name\tIBAN\nOrion\t{IBAN}\n"),
        (" iban ", f'"Na,me",IBAN,x\n"Orion, the",{IBAN},y\n'),
        ("2", f"\nOrion,{IBAN}\n"),
    ],
)
def test_one_column_of_a_table(column: str, text: str) -> None:
    assert lines_of(text, column=column) == [Line(2, IBAN)]


def test_a_number_takes_the_first_line_too_and_short_rows_give_nothing() -> None:
    assert lines_of(f"Name;IBAN\nOrion\nVela;{IBAN}", column="2") == [Line(1, "IBAN"), Line(3, IBAN)]
    assert lines_of("a;b", column="0") == []


@pytest.mark.parametrize("text", [f'Name;IBAN\n"Orion;{IBAN}', "IBAN\n" + "9" * 200_000])
def test_a_table_that_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(ApplicationError, match="Paste one column"):
        lines_of(text, column="IBAN")


def test_a_missing_column_is_told() -> None:
    with pytest.raises(ApplicationError, match="no column “account”"):
        lines_of(f"Name;IBAN\nOrion;{IBAN}", column="account")


def test_a_value_that_stands_twice_is_one() -> None:
    read = values_read([Line(1, IBAN), Line(7, "nl91 abna 0417 1643 00")])
    assert read.values == {Recognised("iban", IBAN): [1, 7]}


def test_what_is_no_value_is_told_by_line_without_card_numbers() -> None:
    read = values_read([Line(3, f"paid by {PAN} " + "x" * 100), Line(4, "\x00\x01"), Line(5, "ORION")])
    assert [one.line for one in read.wrong] == [3, 4, 5]
    assert "8888" not in read.wrong[0].text
    assert len(read.wrong[0].text) <= 61
    assert all(one.why for one in read.wrong)


def test_a_type_can_be_insisted_on() -> None:
    assert list(values_read([Line(1, "ORION")], kind="merchant").values) == [Recognised("merchant", "ORION")]


def test_a_phone_number_is_read_as_in_the_persons_country() -> None:
    assert list(values_read([Line(1, "020 7946 0123")], kind="phone", region="GB").values) == [
        Recognised("phone", "+442079460123")
    ]
