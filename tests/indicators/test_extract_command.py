"""`manage.py extract`: what it prints of a file, a pipe, a mail, and the text of a PDF."""

from __future__ import annotations

import io
import json
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from efc_portal.indicators.extract import extract

IBAN = "DE89 3704 0044 0532 0130 00"


def finds(*args: str, **options: object) -> list[dict[str, object]]:
    out = io.StringIO()
    call_command("extract", *args, stdout=out, **options)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture
def text(tmp_path: Path) -> str:
    path = tmp_path / "text.txt"
    path.write_text(f"\ufeffPaid to\r\n{IBAN}; see name@example.com or 0049 30 23125123.\n", newline="")
    return str(path)


def test_a_find_is_an_object_a_line(text: str) -> None:
    first, *others = finds(text)
    assert first == {
        "type": "iban",
        "canonical": "DE89370400440532013000",
        "start": 9,
        "end": 36,
        "line": 2,
        "confidence": "certain",
    }
    assert [(one["type"], one["confidence"]) for one in others] == [("email", "candidate"), ("phone", "candidate")]


def test_only_what_is_asked_for(text: str) -> None:
    assert [one["type"] for one in finds(text, type=["email", "iban"])] == ["iban", "email"]
    assert [one["type"] for one in finds(text, certain=True)] == ["iban"]
    with pytest.raises(CommandError, match="There is no type of identifier called “ibna”"):
        finds(text, type=["ibna"])


def test_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"a {IBAN}".encode())))
    assert [one["canonical"] for one in finds()] == ["DE89370400440532013000"]


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        finds(str(tmp_path / "none.txt"))


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_mail_is_decoded(tmp_path: Path, encoding: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Ä. B. <a.b@example.com>", "c@example.org", "Überweisung an Ünal"
    mail["Message-ID"] = "<4711@mail.example.com>"
    mail.set_content(f"Für Sie: {IBAN}\n{'ä' * 90} https://shop.example.com/pay?item=7&lang=de\n", cte=encoding)
    mail.add_alternative("<p>Für Sie: <a href='https://other.example.com/x'>hier</a></p>", subtype="html")
    mail.add_attachment("account;amount\nNL91ABNA0417164300;35,00\n", subtype="csv", filename="a.csv")
    path = tmp_path / "mail.eml"
    path.write_bytes(mail.as_bytes())
    assert [one["canonical"] for one in finds(str(path), mail=True)] == [
        "a.b@example.com",
        "c@example.org",
        "DE89370400440532013000",
        "https://shop.example.com/pay?item=7&lang=de",
        "NL91ABNA0417164300",
    ]


def test_a_mail_that_is_a_page_gives_its_words_and_links(tmp_path: Path) -> None:
    page = (
        "<style>a.example.com {}</style><td>DE89&nbsp;3704 0044</td> 0532 0130 00 "
        "<a href='https://x.example.com/y'>x</a>"
    )
    path = tmp_path / "mail.eml"
    path.write_bytes(b"Content-Type: text/html; charset=utf-8\n\n" + page.encode())
    assert [one["type"] for one in finds(str(path), mail=True)] == ["iban", "url"]


def test_a_mail_in_no_known_character_set_is_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(b"Content-Type: text/plain; charset=klingon\n\nfor " + IBAN.encode())
    assert [one["type"] for one in finds(str(path), mail=True)] == ["iban"]


def test_a_mail_as_it_was_sent_is_read_without_decoding_too() -> None:
    """Soft line breaks of quoted-printable cut values anywhere, for whoever pastes a mail’s source."""
    source = "to DE89 3704 0044 05=\r\n32 0130 00 and https://shop.example.com/ch=\r\neckout today"
    assert [find.canonical for find in extract(source)] == [
        "DE89370400440532013000",
        "https://shop.example.com/checkout",
    ]


def test_the_text_of_a_pdf() -> None:
    """Narrow columns wrap, hyphens are soft, and ligatures and spaces are odd."""
    page = (
        "Empfänger\u00a0der Zahlung: DE89\u20093704\u20090044\n0532\u20090130\u200900\u2003Betrag 35,00\n"
        "Wallet bc1qw508d6qejxtdg4y\n  5r3zarvary0c5xw7kv8f3t4 (siehe S.\u00a012)\n"
        "Kontakt: anna\u00ad\nmuster@example.com, Oﬃce\n\f2/14\nshop\u00ad.example.com"
    )
    assert [find.canonical for find in extract(page)] == [
        "DE89370400440532013000",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "annamuster@example.com",
        "shop.example.com",
    ]
