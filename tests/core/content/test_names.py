"""Names are shown without what deceives, breaks or must not be kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from efc_portal.core.content.names import MAX_LENGTH, display_name
from tests.core.content.samples import CARD, TABLE, door, refusal


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Zahlungen März 2026.csv", "Zahlungen März 2026.csv"),
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\me\\payments.csv", "payments.csv"),
        ("pay\u202evsc.exe", "payvsc.exe"),  # right-to-left override
        ("pay\u200bments\x00\x1b.csv", "payments.csv"),
        ("  a \t b\n.csv ", "a b .csv"),
        ('a<b>:"|?*.csv', "a_b______.csv"),
        ("...csv", "csv"),
        ("con.csv", "_con.csv"),
        ("LPT1", "_LPT1"),
        ("", "unnamed"),
        ("///", "unnamed"),
        (f"card {CARD}.csv", "card 411111______1111.csv"),
        ("e\u0301.csv", "é.csv"),
    ],
)
def test_a_name_is_made_safe_to_show(name: str, shown: str) -> None:
    assert display_name(name) == shown


def test_a_long_name_keeps_its_ending() -> None:
    shown = display_name("payments " * 40 + ".csv")
    assert len(shown) <= MAX_LENGTH
    assert shown.endswith("….csv")


def test_the_inspection_carries_the_safe_name() -> None:
    assert door(TABLE.encode(), "/tmp/pay\u202ements.csv").filename == "payments.csv"


def test_a_hidden_ending_shows() -> None:
    assert "“invoicefdp.exe”" in refusal(TABLE.encode(), "invoice\u202efdp.exe").message


@settings(deadline=None)
@given(st.text(max_size=400))
def test_every_name_is_one_short_line_without_paths(name: str) -> None:
    shown = display_name(name)
    assert 0 < len(shown) <= MAX_LENGTH
    assert not set(shown) & set('/\\<>:"|?*\n\r\t\x00')
    assert display_name(shown) == shown
