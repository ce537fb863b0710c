"""A look-up as an officer and an analyst do it in Chromium: typed, read, left, come back to."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect

from efc_portal.demo.values import Invented
from tests.browser import IN_CHROMIUM, faults
from tests.cast import Cast
from tests.factories import stages
from tests.factories.stages import IBAN
from tests.journeys.conftest import address, browser
from tests.journeys.people import Person

__all__ = ["address", "browser"]  # fixtures

pytestmark = [*IN_CHROMIUM, pytest.mark.django_db(transaction=True)]

OTHER = "4012 8888 8888 1881\nORION\n" + "\n".join(Invented(f"seen {place}").iban("DE") for place in range(6))


def test_a_look_up_is_typed_read_and_come_back_to(address: str, cast: Cast, browser: Browser) -> None:
    stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    own = stages.submission_of(cast.reporter)
    stages.submission_of(cast.coordinator)
    for who in ("officer", "analyst"):
        person = Person(browser, getattr(cast, who))
        session = cast.client(who).cookies[settings.SESSION_COOKIE_NAME].value
        person.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
        page = person.page
        page.goto(f"{address}/workspace/")
        page.get_by_role("navigation").get_by_role("link", name="Look-up").first.click()
        expect(person.heading("Look values up")).to_be_visible()
        assert faults(page) == {}
        page.get_by_label("Values").fill(f"{IBAN}\n{OTHER}")
        person.press("Look up")  # without a reason
        expect(page.get_by_label("Values")).to_have_value(f"{IBAN}\n{OTHER}")
        assert faults(page) == {}
        page.get_by_label("Why?").fill("Preparing the meeting on night transfers")
        person.press("Look up")
        expect(person.heading("Result of the look-up")).to_be_visible()
        assert faults(page) == {}
        page.get_by_role("link", name=str(own.reference)).click()
        page.go_back()
        expect(person.heading("Result of the look-up")).to_be_visible()
        if who == "officer":
            page.get_by_role("link", name="3", exact=True).click()
            expect(page.get_by_role("heading", name="Reported in 3 submissions")).to_be_visible()
            assert faults(page) == {}
            page.go_back()
        person.press("Remove the result")
        expect(person.heading("Look values up")).to_be_visible()
        page.go_back()
        person.reads("There is no result any more")
        person.context.close()
