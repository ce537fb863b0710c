"""What is kept of a text holds no full card number, and its size and hash are told of what is kept."""

from __future__ import annotations

import hashlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efc_portal.core.content import clean, inspect
from efc_portal.core.content.cards import whole_number
from efc_portal.core.pan import truncate_pans
from tests.core.content.samples import CARD, CARD_SPACED, CUT, door, kept


@pytest.mark.parametrize(
    ("name", "text", "after"),
    [
        ("note.txt", f"Paid with {CARD_SPACED}, then {CARD}.", f"Paid with {CUT}, then {CUT}."),
        ("payments.csv", f'a;b\n1;"{CARD}"\n2;{CARD}\n', f'a;b\n1;"{CUT}"\n2;{CUT}\n'),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_card_numbers_are_truncated_and_counted(name: str, text: str, after: str, codec: str) -> None:
    data = ("ä\n" + text).encode(codec)
    inspection = door(data, name)
    assert inspection.pans == 2
    assert kept(data, name) == ("ä\n" + after).encode(codec)


def test_size_and_hash_are_of_what_is_kept() -> None:
    """A hash of the untruncated file would give the six missing digits away: a million guesses."""
    data = f"Paid with {CARD_SPACED}.".encode()
    inspection = door(data, "note.txt")
    stored = kept(data, "note.txt")
    assert inspection.size == len(stored) != len(data)
    assert inspection.sha256 == hashlib.sha256(stored).hexdigest()


def test_what_is_kept_comes_in_again_unchanged() -> None:
    stored = kept(f"Paid with {CARD_SPACED}.".encode(), "note.txt")
    assert door(stored, "note.txt").pans == 0


@pytest.mark.parametrize("place", [256 * 1024 - step for step in (0, 1, 7, 15, 16)])
def test_a_card_number_across_two_chunks_is_truncated(place: int) -> None:
    data = b"x" * (place - 10) + b" " * 10 + CARD.encode() + b" end"
    assert door(data, "note.txt").pans == 1
    assert CARD.encode() not in kept(data, "note.txt")


@pytest.mark.parametrize(
    ("number", "whole"),
    [
        ("4111111111111111", "4111111111111111"),
        ("4.111111111111111E15", "4111111111111111"),
        ("4.111111111111111e+15", "4111111111111111"),
        ("4111111111111111.0", "4111111111111111"),
        ("750.6799999999999", ""),
        ("4.111111111111111E-15", "4.111111111111111E-15"),
        ("4.1E+15", "4100000000000000"),
        ("12", "12"),
    ],
)
def test_whole_numbers_are_told_from_amounts(number: str, whole: str) -> None:
    assert whole_number(number) in (whole, "")


@settings(deadline=None)
@given(st.text(alphabet="0123456789 -;,.\nab", max_size=300))
def test_whatever_a_text_holds_no_card_number_is_kept(text: str) -> None:
    data = f"x {text}".encode()
    stream = io.BytesIO(data)
    inspection = inspect(stream, filename="note.txt")
    stored = b"".join(clean(stream, inspection)).decode()
    assert (stored, inspection.pans) == truncate_pans(f"x {text}")
