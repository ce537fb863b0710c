"""How long a value says something."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from efc_portal.indicators.lifetime import Freshness, Lifetime
from efc_portal.indicators.types import TYPES

SEEN = date(2026, 3, 1)


@pytest.mark.parametrize("code", TYPES)
def test_a_value_fades_evenly_and_is_gone_on_its_day(code: str) -> None:
    one = Lifetime(code, SEEN, SEEN)
    days = TYPES[code].lifetime_days
    assert one.valid_until == SEEN + timedelta(days=days)
    assert (one.score(SEEN), one.freshness(SEEN)) == (100, Freshness.FRESH)
    half = SEEN + timedelta(days=days * 2 // 3)
    assert one.freshness(half) == Freshness.AGEING
    assert 0 < one.score(half) < 50
    assert (one.score(one.valid_until), one.freshness(one.valid_until)) == (0, Freshness.FADED)
    assert one.score(SEEN - timedelta(days=9)) == 100  # a day that has not come yet is not fresher than fresh


def test_an_account_lasts_longer_than_a_page() -> None:
    assert TYPES["iban"].lifetime_days > TYPES["domain"].lifetime_days > TYPES["url"].lifetime_days


def test_a_new_sighting_renews_it() -> None:
    today = date(2031, 3, 1)
    assert Lifetime("url", SEEN, SEEN).freshness(today) == Freshness.FADED
    assert Lifetime("url", SEEN, today).freshness(today) == Freshness.FRESH
