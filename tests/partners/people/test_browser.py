"""A suspension ends an open session: seen in two browsers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import IN_CHROMIUM, faults
from tests.cast import Cast
from tests.journeys.conftest import address, browser
from tests.journeys.people import Person

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
    coordinator.reads("is suspended, and signed out everywhere")
    reporter.go("New submission")
    expect(reporter.heading("Sign in")).to_be_visible()
    reporter.reads("Your session has ended.")
    reporter.reads_nothing_of("Rosa de Vries")
    assert coordinator.heard == []
