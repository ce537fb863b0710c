"""Twice the text is twice the work, whatever stands in it. Work is counted in calls: no busy machine matters."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efc_portal.indicators.extract import extract

HOSTILE = (
    "a.", "a.a@", "@", "1 ", "1.", "1-", "DE89 ", "de89", "4111 ", "4111 1111 1111 1111 ", "http://", "://", "[.]",
    "(dot)", "+1", "+49 ", "00", "0x", "bc1q", "x", "é", "\u200b", "1\u200b", "((((", "*", "1*", "X", "11**", "=\n",
    "-\n", "a\n", "ab12cd34\n", "\u00ad\n", "а1", "\\.", ".]", "<http://a.b/\n", "Message-ID: <a", "bitcoincash:",
    "www.", ".onion", "a" * 56 + ".onion", "１", "🙂", "a.com/", ",", "IBAN ", "/", "?dt=", "1" * 16, "a" * 63 + ".",
    "IMEI 49-", "Telegram: @", "bitcoin:", "sort code 20-00-00 ", "MTCN 123 ", "1.2.3.", "ab:", "2001:", "00-11-",
)  # fmt: skip
LENGTH = 20_000


def calls(text: str) -> int:
    """How many functions are called to extract from a text, those of C included."""
    number = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        for _find in extract(text):
            pass
    finally:
        sys.setprofile(None)
    return number


def grows(piece: str) -> float:
    """How many times the work is for twice the text."""
    once = piece * (LENGTH // len(piece) + 1)
    extract_something = calls(once)
    return calls(once + once) / extract_something


@pytest.mark.parametrize("piece", HOSTILE, ids=lambda piece: ascii(piece[:12]))
def test_hostile_text_costs_in_proportion(piece: str) -> None:
    assert grows(piece) <= 2.1


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=8), min_size=1, max_size=6).map("".join).filter(bool))
def test_any_repetition_costs_in_proportion(piece: str) -> None:
    assert grows(piece) <= 2.1


def test_one_word_of_a_million_characters_costs_no_more_than_a_text() -> None:
    for word in ("a" * 1_000_000, "a1" * 500_000, "a.b" * 333_333, "1" * 1_000_000):
        assert calls(word) < 1_000_000
