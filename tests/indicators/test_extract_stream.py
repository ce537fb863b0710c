"""Texts of any length, in whatever pieces they come."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efc_portal.indicators.extract import AROUND, WINDOW, extract, extract_stream

IBAN, WALLET = "DE89 3704 0044 0532 0130 00", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
FILLER = "Nothing stands in this sentence; it is only long. "


def made(length: int, seed: int) -> tuple[str, list[tuple[str, int, int]]]:
    """A text of about a length with values at known places."""
    chance = random.Random(seed)
    text: list[str] = []
    places, size = [], 0
    while size < length:
        filler = FILLER * chance.randint(1, 40) + ("\n" if chance.random() < 0.5 else "")
        kind, value = chance.choice((("iban", IBAN), ("wallet_btc", WALLET), ("email", "name@example.com")))
        places.append((kind, size + len(filler), size + len(filler) + len(value)))
        text += (filler, value, ". ")
        size += len(filler) + len(value) + 2
    return "".join(text), places


def test_a_long_text_is_found_in_whole() -> None:
    text, places = made(4 * WINDOW, 1)
    found = list(extract(text))
    assert [(find.type, find.start, find.end) for find in found] == places
    for find in found[:: len(found) // 20]:
        assert find.line == text.count("\n", 0, find.start) + 1


@settings(max_examples=8)
@given(cuts=st.lists(st.integers(1, 3 * WINDOW), max_size=30))
def test_pieces_make_no_difference(cuts: list[int]) -> None:
    text, places = made(2 * WINDOW, 2)
    borders = [0, *sorted(cut for cut in cuts if cut < len(text)), len(text)]
    pieces = [text[first:last] for first, last in pairwise(borders)]
    assert [(find.type, find.start, find.end) for find in extract_stream(pieces)] == places


@pytest.mark.parametrize("border", [WINDOW, WINDOW - AROUND, 2 * WINDOW - 3 * AROUND])
def test_a_value_on_a_border_is_found_once(border: int) -> None:
    for before in range(border - len(IBAN) - 1, border + 2, 3):
        text = ("x " * border)[:before] + IBAN + " and " + FILLER * 4000
        start = before if text[before - 1] == " " else None
        found = [(find.type, find.start) for find in extract(text)]
        assert found == ([("iban", start)] if start is not None else [])


def test_an_endless_word_is_read_with_the_memory_of_a_window() -> None:
    def pieces() -> Iterator[str]:
        yield from ["a1" * 5000] * 100
        yield f" {IBAN}"

    assert [(find.type, find.start) for find in extract_stream(pieces())] == [("iban", 1_000_001)]


def test_nothing_gives_nothing() -> None:
    assert list(extract("")) == list(extract_stream([])) == []
