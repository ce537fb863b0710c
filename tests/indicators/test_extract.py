from __future__ import annotations

from contextlib import suppress

import pytest

from efc_portal.core.standards.errors import InvalidValue
from efc_portal.core.text import MAX_LENGTH
from efc_portal.indicators.clues import words
from efc_portal.indicators.enums import Confidence
from efc_portal.indicators.extract import extract
from efc_portal.indicators.identify import identify
from efc_portal.indicators.plain import Plain
from efc_portal.indicators.types import TYPES
from tests.indicators.data import lines, rows

NARRATIVE = """On 3 March the account DE89 3704 0044 0532 0130 00 paid 120.00 EUR to
GB29NWBK60161331926819 (ref. 20260303-77). The buyer wrote from Name.Surname@example.com and
later from name[at]example[.]org; the page is hxxps://shop[.]example[.]com/item?id=7 (also www.example.net).
Wallets: bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4, 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed and
0xde709f2102306220921060314715629080e2fb77. Card 4111 1111 1111 1111, then 555555XXXXXX4444. Phone +49 1512 3456789.
"""


def finds(text: str, **options: str) -> list[tuple[str, str, str]]:
    return [(find.type, find.canonical, str(find.confidence)) for find in extract(text, **options)]


def test_a_narrative() -> None:
    assert finds(NARRATIVE) == [
        ("iban", "DE89370400440532013000", "certain"),
        ("iban", "GB29NWBK60161331926819", "certain"),
        ("email", "name.surname@example.com", "candidate"),
        ("email", "name@example.org", "candidate"),
        ("url", "https://shop.example.com/item?id=7", "candidate"),
        ("domain", "www.example.net", "candidate"),
        ("wallet_btc", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", "certain"),
        ("wallet_eth", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "certain"),
        ("wallet_eth", "0xde709f2102306220921060314715629080e2fb77", "candidate"),
        ("payment_card", "411111******1111", "certain"),
        ("payment_card", "555555******4444", "candidate"),
        ("phone", "+4915123456789", "candidate"),
    ]


def test_places_and_lines() -> None:
    for find in extract(NARRATIVE):
        assert NARRATIVE[: find.start].count("\n") + 1 == find.line
    first = next(extract(NARRATIVE))
    assert NARRATIVE[first.start : first.end] == "DE89 3704 0044 0532 0130 00"


def test_places_when_hidden_characters_stand_between() -> None:
    text = "to \u200bDE89\u200b3704 0044\u00a00532 0130 00\ufeff and ４１１１ 1111 1111 1111"
    found = list(extract(text))
    assert [find.canonical for find in found] == ["DE89370400440532013000", "411111******1111"]
    assert text[found[0].start : found[0].end] == "DE89\u200b3704 0044\u00a00532 0130 00"
    assert text[found[1].start : found[1].end] == "４１１１ 1111 1111 1111"


def test_an_iban_across_a_line_break() -> None:
    assert finds("DE89 3704 0044\n0532 0130 00") == [("iban", "DE89370400440532013000", "certain")]


@pytest.mark.parametrize(
    "text",
    [
        "The report.md and setup.py are in archive.zip, see section 3.2.1.",
        "He paid it.Is that so? See e.g. i.e. etc.",
        "DE89 3704 0044 0532 0130 01 is mistyped, and so is 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
        "450 1200 310 4500 120 3",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "Order 20260303143005, invoice 4111-1111, sum 1.234,56 EUR, version 10.2.3.4",
        "0x1234 and 0xdeadbeef, not addresses; nor 0x" + "ab" * 32,
        "TLP:GREEN, AMBER, n/a, none",
        "name@ and @name and a@b",
        "call 555-1234 or 01512 3456789",
        "SWIFT messages and swift delivery; BIC: unbekannt, bic received",
        "3.5.1.2 Konten, section 12.1.4.2, firmware 10.12.3.41 and Chrome/126.0.6478.61, 1.2.3.4.5",
        "2026:11:05 03:12:44, 20-11-05-03-12-44, std::vector and 2026::",
        "Ria 01512345678 is her number, Western Union 2026, MTCN 123456789",
        "Telegram groups, Discord and Reddit too. Line 12, OK 12_3, X 20.11; PayPal @ 20 EUR, Cash App $20",
        "the file’s hash " + "4a" * 32 + " on Bitcoin",
    ],
)
def test_precision_first(text: str) -> None:
    assert finds(text) == []


def test_every_example_is_found_and_certain() -> None:
    for example in lines("iban-examples.txt"):
        compact = example.replace(" ", "")
        assert finds(f"an {example} here") == finds(f"an {compact} here") == [("iban", compact, "certain")]
    for row in rows("ofac-wallets.csv"):
        if row["asset"] == "XBT":
            assert [find.type for find in extract(f"({row['address']})")] == ["wallet_btc"]
            assert next(extract(row["address"])).confidence is Confidence.CERTAIN


def test_punctuation_around_a_url_is_not_part_of_it() -> None:
    for text in (
        "see https://shop.example.com/a_(b).",
        "(https://shop.example.com/a_(b))",
        "“https://shop.example.com/a_(b)”",
        "<https://shop.example.com/a_(b)>",
        "https://shop.example.com/a_(b), and",
    ):
        assert finds(text) == [("url", "https://shop.example.com/a_(b)", "candidate")]


def test_an_address_is_not_found_again_as_its_domain() -> None:
    assert [find.type for find in extract("name@shop.example.com https://shop.example.com/x")] == ["email", "url"]


@pytest.mark.parametrize(
    "hostile",
    [
        "a." * 50_000,
        "a@" * 50_000,
        "1 " * 50_000,
        "DE89 " * 20_000,
        "4111 " * 20_000,
        "http://" * 15_000,
        "[.]" * 30_000,
        "+1" * 50_000,
        "0x" * 50_000,
        "bc1q" * 25_000,
        "\u200b" * 100_000,
        "1\u200b" * 50_000,
        "x" * 100_000,
        "((((" * 25_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_hostile_text_ends(hostile: str) -> None:
    """A pattern that backtracks would take minutes for one of these, or for a value of the longest length."""
    for find in extract(hostile):
        assert find.end > find.start
    for declaration in TYPES.values():
        assert declaration.looks_like(hostile[:MAX_LENGTH]) in (True, False)
        with suppress(InvalidValue):
            identify(hostile[: MAX_LENGTH - 1] + "!", type=declaration.code)


def test_look_alikes_are_read_in_codes_and_never_in_names() -> None:
    """Cyrillic letters in an account number are a trick; in a domain they make another, with another owner."""
    assert finds("to DЕ89 3704 0044 0532 0130 00") == [("iban", "DE89370400440532013000", "certain")]
    assert finds("to bс1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")[0][:2] == (
        "wallet_btc",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    )
    assert finds("at shоp.example.com") == [("domain", "shоp.example.com".encode("idna").decode(), "candidate")]


def test_an_address_in_a_link_is_found_beside_the_link() -> None:
    text = "https://explorer.example.com/address/bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4?tab=1"
    assert [(find.type, find.start) for find in extract(text)] == [("url", 0), ("wallet_btc", 37)]


@pytest.mark.parametrize("around", ["x{}", "{}x", "9{}", "{}0", "é{}", "{}ß"])
@pytest.mark.parametrize(
    "value", ["DE89370400440532013000", "4111111111111111", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"]
)
def test_what_is_part_of_a_longer_word_is_no_value(value: str, around: str) -> None:
    assert finds(f"a {around.format(value)} b") == []


def test_a_litecoin_address_may_begin_like_one_of_segregated_witness() -> None:
    address = "LTC1gSbUvtVDgqZUHHqmYLACvqPN24WewJ"  # invented, and in base58
    assert identify(address).canonical == address


def test_words_are_found_whole_in_any_case() -> None:
    found = words(["imei", "imeisv", "lei", "sort"])
    text = "IMEI, imeisv; sorted, resort LEI-1 sort lei"
    places = list(found(Plain(text)))
    assert [word for _start, _end, word in places] == ["imei", "imeisv", "lei", "sort", "lei"]
    assert [text[start:end].lower() for start, end, _word in places] == [word for _start, _end, word in places]
