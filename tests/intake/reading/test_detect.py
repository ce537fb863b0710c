"""What a file is, by its content alone; shown to the person, who may say otherwise."""

from __future__ import annotations

import gzip
import io

import pytest

from efc_portal.intake.reading import Dialect, dialect_detect, table_open
from efc_portal.intake.reading.limits import MAX_BYTES
from tests.core.content.samples import paper, workbook
from tests.intake.samples import HEADER, IBAN, OTHER_IBAN, Produced, as_json, opened, refusal

GERMAN = "Kennung;Währung;Empfänger\nDE89370400440532013000;EUR;Jörg Schäfer\n"
POLISH = "Konto;Waluta;Nazwa\nPL61109010140000071219812874;PLN;Małgorzata Żółć, Łódź\n"
CZECH = "Účet;Měna;Příjemce\nCZ6508000000192000145399;CZK;Jiří Dvořák, Děčín\n"
GREEK = "Παραλήπτης;Νόμισμα\nΓιώργος Παπαδόπουλος;EUR\n"
RUSSIAN = "Получатель;Валюта\nИван Петров;EUR\n"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (GERMAN, "utf-8", "UTF-8"),
        (GERMAN, "utf-8-sig", "UTF-8"),
        (GERMAN, "utf-16", "UTF-16LE"),
        (GERMAN, "utf-16-le", "UTF-16LE"),
        (GERMAN, "utf-16-be", "UTF-16BE"),
        (GERMAN, "cp1252", "Windows-1252"),
        (GERMAN.replace("EUR", "€"), "iso8859-15", "ISO-8859-15"),
        (POLISH, "cp1250", "Windows-1250"),
        (POLISH, "iso8859-2", "ISO-8859-2"),
        (CZECH, "cp1250", "Windows-1250"),
        (GREEK, "cp1253", "Windows-1253"),
        (RUSSIAN, "cp1251", "Windows-1251"),
        (RUSSIAN, "iso8859-5", "ISO-8859-5"),
    ],
)
def test_the_encoding_is_found_and_the_text_is_what_was_written(text: str, codec: str, name: str) -> None:
    dialect, table = opened(text.encode(codec))
    assert dialect.encoding == name
    assert [table.columns, *(row.cells for row in table.rows())] == [line.split(";") for line in text.splitlines()]


def test_utf_8_that_is_broken_far_inside_is_read_as_what_it_may_be() -> None:
    text = HEADER.encode() + f"{IBAN},,,,,,,\n".encode() * 50_000 + "Müller,,,,,,,\n".encode("cp1252")
    assert opened(text)[0].encoding == "Windows-1252"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    data = f"Identifier{delimiter}Amount{delimiter}Note\n{IBAN}{delimiter}12{delimiter}paid, in full; 3|4\n".encode()
    dialect, table = opened(data.replace(b"paid, in full; 3|4", b'"paid, in full; 3|4"'))
    assert dialect.delimiter == delimiter
    assert next(table.rows()).cells == [IBAN, "12", "paid, in full; 3|4"]


def test_decimal_commas_do_not_pass_for_delimiters() -> None:
    data = f"Konto;Betrag;Kurs\n{IBAN};1.234,50;1,1\n{OTHER_IBAN};20,00;1,2\n".encode()
    assert opened(data)[0].delimiter == ";"


def test_a_line_that_says_the_separator_is_followed() -> None:
    dialect, table = opened(f"sep=|\nIdentifier|Note,with,commas\n{IBAN}|x\n".encode())
    assert (dialect.delimiter, table.columns) == ("|", ["Identifier", "Note,with,commas"])


def test_one_value_a_line_is_a_table_of_one_column() -> None:
    dialect, table = opened(f"{IBAN}\n{OTHER_IBAN}\n".encode())
    assert (dialect.delimiter, dialect.header, table.columns) == ("", False, ["Column 1"])
    assert [row.cells for row in table.rows()] == [[IBAN], [OTHER_IBAN]]


def test_a_first_row_with_a_value_is_no_header() -> None:
    dialect, table = opened(f"{IBAN};12\n{OTHER_IBAN};13\n".encode())
    assert not dialect.header
    assert [row.number for row in table.rows()] == [1, 2]


def test_a_first_row_of_unknown_words_is_a_header() -> None:
    assert opened(f"Gegenseite;Vorgang\n{IBAN};12\n".encode())[0].header


def test_a_person_may_say_otherwise() -> None:
    data = "Kennung;Name\nDE89370400440532013000;Mller\n".replace("Mller", "M\u00fcller").encode("cp1252")
    stream = io.BytesIO(data)
    found = dialect_detect(stream, "x.csv")
    said = Dialect.from_json({**found.to_json(), "encoding": "Windows-1250", "header": False})
    table = table_open(stream, said)
    assert [row.cells[0] for row in table.rows()] == ["Kennung", IBAN]


def test_a_dialect_goes_through_json() -> None:
    dialect = Dialect("xlsx", sheet="Data", sheets=("Data", "Examples"), header=False)
    assert Dialect.from_json(dialect.to_json()) == dialect


def test_an_encoding_that_nobody_offers_is_a_sentence() -> None:
    stream = io.BytesIO(HEADER.encode())
    assert refusal(lambda: table_open(stream, Dialect("csv", "rot13", ","))).rule == "dialect"


def test_content_counts_and_not_the_name() -> None:
    assert opened(workbook(), "payments.csv")[0].kind == "xlsx"
    assert opened(HEADER.encode() + IBAN.encode(), "payments.xlsx")[0].kind == "csv"
    assert opened(as_json([{"iban": IBAN}]), "payments.csv")[0].kind == "json"


PASSWORD = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(512)


@pytest.mark.parametrize(
    ("data", "rule", "words"),
    [
        (b"", "empty", "empty"),
        (PASSWORD, "encrypted", "password"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "Workbook".encode("utf-16-le"), "office", "old Excel"),
        (gzip.compress(b"x" * 1000, mtime=0)[:-8], "archive", "gzip"),
        (paper(), "unknown", "CSV"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "image", "hotline"),
        (b"MZ" + bytes(100) + b"This program cannot", "program", "program"),
        (b"\x00\x01\x02\x03" * 100, "unknown", "no table"),
        (b"<!DOCTYPE html><html><body><table></table>", "web_page", "web page"),
        (b"<?xml version='1.0'?><report/>", "xml", "XML"),
        (b"-----BEGIN PGP MESSAGE-----\n", "encrypted", "encrypted"),
    ],
)
def test_what_is_no_table_is_told_what_it_is(data: bytes, rule: str, words: str) -> None:
    error = refusal(lambda: dialect_detect(io.BytesIO(data), "payments.csv"))
    assert error.rule == rule
    assert words in error.message


def test_what_is_too_large_is_not_even_read() -> None:
    stream = Produced(b"x", 1_000_000_000)
    assert refusal(lambda: dialect_detect(stream, "line.csv")).rule == "too_large"
    assert stream.bytes_read == 0
    assert stream.size > MAX_BYTES
