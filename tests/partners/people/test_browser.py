"""Seen in browsers: a suspension ends an open session, and an invitation is taken up with a passkey alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import IN_CHROMIUM, faults
from tests.cast import Cast
from tests.journeys.conftest import address, browser
from tests.journeys.people import Person
from tests.partners.people.links import invite, link

__all__ = ["address", "browser"]  # fixtures

pytestmark = [*IN_CHROMIUM, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(address: str, browser: Browser, settings: Any) -> tuple[Person, Person]:
    cast = Cast()
    reporter, coordinator = Person(browser, cast.reporter), Person(browser, cast.bank_coordinator)
    for person in (reporter, coordinator):
        person.sign_in(address)
    return reporter, coordinator


def test_the_next_click_of_a_suspended_person_meets_the_sign_in_page(
    address: str, people: tuple[Person, Person], tmp_path: Path
) -> None:
    reporter, coordinator = people
    reporter.go("Submissions")
    expect(reporter.heading("Submissions")).to_be_visible()
    coordinator.go("People")
    assert faults(coordinator.page) == {}
    coordinator.page.set_viewport_size({"width": 1280, "height": 900})
    coordinator.follow("Rosa de Vries")
    assert faults(coordinator.page) == {}
    coordinator.page.set_viewport_size({"width": 1280, "height": 900})
    coordinator.follow("Suspend")
    coordinator.page.get_by_label("Why?").fill("Telephone stolen")
    coordinator.press("Suspend at once")
    coordinator.give_code("Confirm that it is you", "Confirm")
    coordinator.reads("is suspended, and signed out everywhere")
    reporter.go("New submission")
    expect(reporter.heading("Sign in")).to_be_visible()
    reporter.reads("Your session has ended.")
    reporter.reads_nothing_of("Rosa de Vries")
    assert coordinator.heard == []


def test_an_invited_person_comes_in_with_a_passkey_and_no_password(address: str, browser: Browser) -> None:
    invite(Cast())
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(address + link())
    assert faults(page) == {}
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_role("heading", level=1, name="One more lock on the door")).to_be_visible()
    assert faults(page) == {}
    page.get_by_role("link", name="Set up a passkey").click()
    page.get_by_role("button", name="Add it now").click()
    expect(page.get_by_role("heading", level=1, name="Recovery codes")).to_be_visible()
    page.goto(f"{address}/workspace/")
    expect(page.get_by_role("heading", level=1, name="Good to see you, Tess Vermeer")).to_be_visible()
    page.get_by_role("button", name="Sign out").first.click()
    page.goto(f"{address}/workspace/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1, name="Good to see you, Tess Vermeer")).to_be_visible()
