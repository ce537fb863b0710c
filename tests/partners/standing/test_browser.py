"""A suspended organisation's open sessions end; the pages of standing, leaving and agencies bear axe and a phone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from efc_portal.partners.models import Organisation
from efc_portal.partners.register.services import contact_add
from efc_portal.partners.standing.reviews import reviews_open
from tests.browser import IN_CHROMIUM, faults
from tests.cast import Cast
from tests.journeys.conftest import address, browser
from tests.journeys.people import Person

__all__ = ["address", "browser"]  # fixtures

pytestmark = [*IN_CHROMIUM, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast(address: str, settings: Any) -> Cast:
    cast = Cast()
    assert cast.bank_coordinator
    assert cast.agency
    Organisation.objects.filter(pk=cast.bank.pk).update(joined_on=date(2024, 3, 10))
    reviews_open(today=date(2026, 2, 20))
    contact_add(actor=None, organisation=cast.bank, kind="main", name="Desk", email="desk@meridian.example")
    return cast


def test_suspension_ends_open_sessions_and_the_pages_bear_a_phone(address: str, browser: Browser, cast: Cast) -> None:
    coordinator, manager = Person(browser, cast.bank_coordinator), Person(browser, cast.manager)
    for person in (coordinator, manager):
        person.sign_in(address)
    own = ("standing", "review", "review/domains", "contacts", "contacts/add", "leave")
    held, agency = cast.bank.pk, cast.agency.pk
    desk = (
        "reviews",
        "graces",
        "leave-requests",
        f"standing/{held}",
        f"standing/{held}/leave",
        "agencies",
        "agencies/admit",
        f"agencies/{agency}",
        f"agencies/{agency}/competence",
        f"agencies/{agency}/channel",
    )
    for person, pages in ((coordinator, own), (manager, desk)):
        for page in pages:
            person.page.goto(f"{address}/members/{page}/")
            assert faults(person.page) == {}, page
    manager.page.goto(f"{address}/members/standing/{held}/suspend/")
    manager.page.get_by_label("Why is it suspended?").fill("The agreement was broken.")
    manager.press("Suspend")
    manager.give_code("Confirm that it is you", "Confirm")
    manager.reads("all sessions of its people have ended")
    coordinator.page.goto(f"{address}/members/standing/")
    expect(coordinator.heading("Sign in")).to_be_visible()
    assert manager.heard == []
