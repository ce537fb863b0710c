"""Public totals betray no organisation: the rule of five, dominance, and no sum from which to subtract."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from efc_portal.core.errors import NotPermitted
from efc_portal.core.page_cache import memory
from efc_portal.core.public_facts import fact
from efc_portal.partners.contributions import public_totals
from efc_portal.partners.contributions.public_totals import PublicTotal, may_be_said, public_years
from efc_portal.partners.contributions.services import contribution_withdraw
from efc_portal.partners.contributions.tasks import public_totals_renew
from efc_portal.partners.models import Contribution, Organisation
from tests.cast import Cast
from tests.factories.contributions import before_this_quarter, last_year
from tests.factories.contributions import contribution_of as entry_of
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def members() -> list[Organisation]:
    return [OrganisationFactory() for _number in range(6)]


def contribution_of(organisation: Organisation, **fields: Any) -> Contribution:
    """An entry that public totals have."""
    return entry_of(organisation, **{"recorded_at": before_this_quarter(), **fields})


def said() -> dict[str, PublicTotal]:
    """What is said of last year, by kind."""
    return {total.kind: total for one in public_years() if one.year == last_year() for total in one.totals}


def test_four_are_too_few_and_five_are_enough(members: list[Organisation]) -> None:
    for one in members[:4]:
        contribution_of(one, quantity=Decimal(100))
    contribution_of(members[0], quantity=Decimal(50))
    assert said() == {}, "five entries of four organisations"
    contribution_of(members[4], quantity=Decimal(110))
    assert said()["Working time"].quantity == "560 hours"


def test_what_is_recorded_or_withdrawn_counts_from_the_next_quarter_on(
    members: list[Organisation], monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = [contribution_of(one, quantity=Decimal(100)) for one in members[:5]]
    entry_of(members[5], quantity=Decimal(100))
    assert said()["Working time"].quantity == "500 hours", "nobody can try entries until a figure steps"
    contribution_withdraw(actor=None, contribution=entries[1], reason="A mistake")
    assert said()["Working time"].quantity == "500 hours", "nor look before and after one is withdrawn"
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(public_totals, "quarter_begins", lambda: tomorrow)
    assert said()["Working time"].quantity == "500 hours", "five others now"
    contribution_withdraw(actor=None, contribution=entries[2], reason="A mistake")
    assert said() == {}


def test_a_quarter_begins_in_january_april_july_and_october(monkeypatch: pytest.MonkeyPatch) -> None:
    for today, first in (("2026-01-01", "2026-01-01"), ("2026-06-30", "2026-04-01"), ("2026-12-31", "2026-10-01")):
        monkeypatch.setattr(timezone, "localdate", lambda today=today: date.fromisoformat(today))
        assert public_totals.quarter_begins() == date.fromisoformat(first)


def test_only_a_command_says_when_an_entry_was_recorded(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        entry_of(cast.bank, actor=cast.bank_coordinator, recorded_at=before_this_quarter())
    with pytest.raises(NotPermitted):
        entry_of(cast.bank, recorded_at=timezone.now() + timedelta(days=1))


def test_a_total_that_is_nearly_all_one_organisations_is_not_said(members: list[Organisation]) -> None:
    for one in members[:5]:
        contribution_of(one, quantity=Decimal(1))
    contribution_of(members[5], quantity=Decimal(1000))
    assert said() == {}
    for one in members[:5]:
        contribution_of(one, quantity=Decimal(40))
    assert said()["Working time"].quantity == "1,200 hours"


def test_nothing_published_adds_up_to_what_is_left_out(members: list[Organisation]) -> None:
    for one in members:
        contribution_of(one, kind="training", quantity=Decimal(10), amount=Decimal(100), currency="EUR")
    contribution_of(members[0], kind="hosting", quantity=Decimal(7), amount=Decimal(5000), currency="EUR")
    contribution_of(
        members[0], kind="data", quantity=Decimal(9), period_from=date(last_year() - 1, 1, 1),
        period_to=date(last_year() - 1, 2, 1),
    )  # fmt: skip
    (year,) = public_years()
    assert year.totals == [PublicTotal("Training", "60 participants", ["600.00\u00a0EUR"])]


def test_a_valuation_needs_five_that_gave_one_in_the_currency(members: list[Organisation]) -> None:
    for number, one in enumerate(members):
        contribution_of(one, quantity=Decimal(10), amount=Decimal(1000), currency="SEK" if number == 0 else "EUR")
    assert said()["Working time"].valuations == ["5,000.00\u00a0EUR"]
    contribution_of(members[1], quantity=Decimal(1), amount=Decimal(90_000), currency="EUR")
    assert said()["Working time"].valuations == [], "one makes up nearly all of it"


def test_figures_are_rounded_so_that_a_step_tells_little(members: list[Organisation]) -> None:
    for one in members[:5]:
        contribution_of(one, quantity=Decimal("251.25"))
    assert said()["Working time"].quantity == "1,300 hours"
    contribution_of(members[5], quantity=Decimal(17))
    assert said()["Working time"].quantity == "1,300 hours"


def test_the_second_largest_cannot_subtract_itself(members: list[Organisation]) -> None:
    for one, hours in zip(members, (500, 450, 1, 1, 1), strict=False):
        contribution_of(one, quantity=Decimal(hours))
    assert said() == {}, "whoever gave 450 hours would know that the largest gave 500"
    contribution_of(members[5], quantity=Decimal(100))
    assert said()["Working time"].quantity == "1,100 hours"


@given(st.lists(st.decimals(min_value=0, max_value=10**9, places=2), max_size=12))
def test_whatever_is_said_stands_on_five_of_whom_none_is_nearly_all(shares: list[Decimal]) -> None:
    given_ones = [share for share in shares if share]
    if may_be_said(shares):
        assert len(given_ones) >= 5
        first, _second, *others = sorted(given_ones, reverse=True)
        assert first <= Decimal("0.85") * sum(given_ones)
        assert sum(others) >= Decimal("0.15") * first


def test_the_directory_shows_them_and_is_made_anew_every_day(
    members: list[Organisation], client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAGE_CACHE_MB = 16
    monkeypatch.setattr(memory, "LOOK_SECONDS", 0.0)
    assert fact("contributions") == []
    assert "contributed in kind" not in client.get("/partners/").content.decode()
    for one in members[:5]:
        contribution_of(one, quantity=Decimal(20))
    public_totals_renew()
    page = client.get("/partners/").content.decode()
    assert "What members contributed in kind" in page
    assert "100 hours" in page
    assert "at least five organisations" in page
