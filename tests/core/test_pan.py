from __future__ import annotations

import io
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from efc_portal.core.pan import PanTruncator, truncate_pans, truncate_pans_stream
from efc_portal.core.standards.cards import luhn_valid, was_never_issued
from tests.indicators.data import lines
from tests.indicators.test_payment_card import PUBLISHED, with_check_digit

CARD, CUT = "4111111111111111", "411111******1111"

card_numbers = st.builds(
    lambda first, rest: with_check_digit(first + rest),
    st.sampled_from(["3", "4", "5", "6"]),
    st.text("0123456789", min_size=11, max_size=17),
)
separators = st.sampled_from([" ", "-", "\u00a0", "\u2013", "\u2009"])
words = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=30)


@pytest.mark.parametrize("number", PUBLISHED)
def test_published_numbers(number: str) -> None:
    assert truncate_pans(f"card {number}, paid") == (f"card {number[:6]}******{number[-4:]}, paid", 1)


PLACES = (("", ""), ("No. ", "."), ("pan=", "&x"), (";", "=2712"), ("(", ")"), ("a,b,", ",c"))


@pytest.mark.parametrize("written", ["41111111 11111", "411111 1111111111", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"])
def test_in_any_pieces_when_it_stands_alone(written: str) -> None:
    number = with_check_digit(written.replace(" ", "")[:-1])
    written = written[:-1] + number[-1]
    for before, after in PLACES:
        assert truncate_pans(before + written + after) == (f"{before}{number[:6]}******{number[-4:]}{after}", 1)


@pytest.mark.parametrize(
    "written",
    [
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "4111\u20111111\u20111111\u20111111",
        "4111\u00a01111\u00a01111\u00a01111",
        "4111 1111-1111 1111",
        "41111111 11111111",
        "4111\u200b1111\u200b1111\u200b1111",
        "４１１１１１１１１１１１１１１１",
        "４１１１　１１１１　１１１１　１１１１",
        "٤١١١ ١١١١ ١١١١ ١١١١",
        "४१११११११११११११११",
    ],
)
def test_however_it_is_written(written: str) -> None:
    for before, after in (*PLACES, ("%B", "^DOE"), ("x", "y"), ("12 ", ""), ("", " 123"), ("7-", "-9")):
        assert truncate_pans(before + written + after) == (before + CUT + after, 1)


@given(card_numbers, words, words)
def test_no_card_number_survives_in_words(number: str, before: str, after: str) -> None:
    text, count = truncate_pans(f"{before} {number} {after}")
    assert count == 1
    assert text == f"{before} {number[:6]}******{number[-4:]} {after}"


@given(card_numbers, separators, st.lists(st.integers(1, 18), max_size=18, unique=True))
def test_nor_in_pieces(number: str, separator: str, places: list[int]) -> None:
    cuts = [0, *sorted(place for place in places if place < len(number)), len(number)]
    # a shorter card's number and a digit more is cut as the shorter one
    assume(not any(luhn_valid(number[:place]) for place in cuts[1:-1] if place >= 13))
    pieces = [number[start:end] for start, end in pairwise(cuts)]
    text, count = truncate_pans(f"paid with {separator.join(pieces)}: done")
    assert (text, count) == (f"paid with {number[:6]}******{number[-4:]}: done", 1)


@given(card_numbers, separators, st.integers(13, 18))
@example("64111114157777", " ", 13)
def test_nor_when_it_begins_with_a_shorter_card(number: str, separator: str, place: int) -> None:
    """Such a number is cut at the shorter one's end or as a whole; either way it can no longer be read."""
    text, count = truncate_pans(f"paid with {number[:place]}{separator}{number[place:]}: done")
    assert count == 1
    assert number not in "".join(char for char in text if char.isdecimal())


@given(card_numbers)
def test_other_numbers_around_do_not_hide_it(number: str) -> None:
    if len(number) != 16:
        number = with_check_digit(number[:15].ljust(15, "0"))
    written = " ".join(number[place : place + 4] for place in (0, 4, 8, 12))
    text, count = truncate_pans(f"order 12 {written} 123")
    assert count >= 1
    assert written not in text
    assert number[6:12] not in text


@pytest.mark.parametrize(
    "text", [text for example in lines("iban-examples.txt") for text in (example, example.replace(" ", ""))]
)
def test_valid_ibans_stay(text: str) -> None:
    assert truncate_pans(f"to {text} today") == (f"to {text} today", 0)
    assert truncate_pans(f"to {text.lower()} today") == (f"to {text.lower()} today", 0)


def test_an_iban_whose_digits_pass_for_a_card_number_stays() -> None:
    assert luhn_valid("5390075470340000")  # the tail of an invented Belgian-looking account, on its own a card number
    assert truncate_pans("5390075470340000")[1] == 1
    import schwifty

    found = 0
    for account in range(300, 700):
        value = str(schwifty.IBAN.from_bban("DE", f"43060967{account:010d}"))
        if luhn_valid(value[4:20]):
            found += 1
        assert truncate_pans(f"IBAN {value}.")[1] == 0
        assert truncate_pans(f"IBAN {schwifty.IBAN(value).formatted}.")[1] == 0
    assert found


HEADS = ("US 021000021 / ", "US/021000021/", "ABA 021000021, account no: ", "PH 010530667 / ")


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize(("first", "length"), [("4", 14), ("4", 15), ("4", 17), ("51", 13), ("53", 17), ("36", 13)])
def test_an_account_of_no_cards_length_stays_behind_its_bank(head: str, first: str, length: int) -> None:
    number = with_check_digit(first.ljust(length - 1, "7"))
    if head.startswith("PH") and length > 16:
        return
    for text in (head + number, f"Sent to {head}{number}, then more.", f"{head.lower()}{number}\n2026-09-14"):
        assert truncate_pans(text) == (text, 0)
    for other in (number, f"US 021000022 / {number}", f"{head}{number} 12", f"FR 021000021 / {number}"):
        assert truncate_pans(other)[1] == 1  # without a bank whose own check digit holds, or as a part of more


@given(card_numbers, st.sampled_from(HEADS))
def test_no_number_of_a_cards_length_hides_behind_a_bank(number: str, head: str) -> None:
    assume(not was_never_issued(number))
    assert truncate_pans(head + number) == (f"{head}{number[:6]}******{number[-4:]}", 1)


@pytest.mark.parametrize("number", PUBLISHED)
def test_nor_does_a_published_one(number: str) -> None:
    assert not was_never_issued(number)


def test_a_cbu_whose_second_block_passes_for_a_card_number_stays() -> None:
    block = "40090418135201"
    assert luhn_valid(block)
    for text in (f"CBU 28505909-{block}", f"AR 28505909-{block}", f"AR/28505909{block}"):
        assert truncate_pans(text) == (text, 0)
    assert truncate_pans(f"AR 28505908-{block}")[1] == 1  # the first block's check digit does not hold
    assert truncate_pans(f"28505909-{block}")[1] == 1
    assert truncate_pans("CBU 28505909 36662840938331")[1] == 1  # both hold, but such cards are issued


@pytest.mark.parametrize("start", [1732312345, 1900000000, 1999999999])
def test_unix_times_stay(start: int) -> None:
    for unit in (10**3, 10**6, 10**9):
        for step in range(40):
            text = f"at {start * unit + step} it was paid"
            assert truncate_pans(text) == (text, 0)


def test_dates_references_floats_hashes_and_phones_stay() -> None:
    for text in (
        "2026-11-23 14:30:05 20261123143005 20261123143005123",
        "0.4532015112830366 and 0.4111111111111111",
        "sha256 4111111111111111aa4111111111111111bb4111111111111111cc4111111111",
        "0x4111111111111111aB4111111111111111Cd4111",
        "+4915123456789 +4915123456797 +491512 3456 805",
        "item 978-3-16-148410-0",
        "40-47-84 70872490",
        "550e8400-e29b-41d4-a716-446655440000",
    ):
        assert truncate_pans(text) == (text, 0)


@given(st.text("0123456789 -.\u200b４٤a+DE\n", max_size=700), st.lists(st.integers(0, 120), max_size=12))
@example("4111 1111 1111 1111 " * 60, [1, 2, 3])
@example("1" * 600 + " " + CARD, [7])
@example("DE89 3704 0044 0532 0130 00 " * 30, [30])
def test_a_stream_is_cut_like_the_whole(text: str, sizes: list[int]) -> None:
    truncator = PanTruncator()
    pieces, place = [], 0
    for size in [*sizes, len(text)]:
        pieces.append(truncator.feed(text[place : place + size]))
        place += size
    pieces.append(truncator.close())
    assert ("".join(pieces), truncator.count) == truncate_pans(text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
@pytest.mark.parametrize("chunk_bytes", [1, 7, 64, 65_536])
def test_files_in_any_encoding(encoding: str, chunk_bytes: int) -> None:
    text = "Überweisung;Karte\n" + "".join(f"{number};{CARD};{number} € ok\n" for number in range(300))
    source, target = io.BytesIO(text.encode(encoding)), io.BytesIO()
    explicit = encoding if encoding == "cp1252" else None
    assert truncate_pans_stream(source, target, encoding=explicit, chunk_bytes=chunk_bytes) == 300
    assert target.getvalue().decode(encoding) == text.replace(CARD, CUT)


@given(st.lists(st.binary(max_size=200), max_size=6))
def test_bytes_without_a_card_number_pass_unchanged(chunks: list[bytes]) -> None:
    data = b"x".join(chunks).translate(bytes(b if not 48 <= b <= 57 else 120 for b in range(256)))
    target = io.BytesIO()
    head = b"text\n" + data
    assert truncate_pans_stream([head[:3], head[3:]], target) == 0
    assert target.getvalue() == head


def test_a_line_without_end_takes_no_memory_and_hides_nothing() -> None:
    truncator = PanTruncator()
    for _turn in range(200):
        truncator.feed("7" * 10_000)
        assert len(truncator._text) < 2_000
    assert truncator.feed(f" {CARD} " + "x" * 1000).count(CUT) == 1
