"""The pages of an applicant, of a manager and of a member in a real browser: axe, a narrow window, no script."""

from __future__ import annotations

import os
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import IN_CHROMIUM, faults, listened
from tests.cast import Cast
from tests.factories import joining
from tests.journeys.conftest import address, browser
from tests.journeys.people import Person

__all__ = ["address", "browser"]  # fixtures

pytestmark = [*IN_CHROMIUM, pytest.mark.django_db(transaction=True)]


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_an_applicant_fills_in_and_sends_without_a_script(address: str, browser: Browser) -> None:
    draft = joining.draft(about="")
    context = browser.new_context(java_script_enabled=False)
    page, _heard = listened(context)
    page.goto(f"{address}/join/apply/link/{joining.link_to(draft)}/")
    page.get_by_role("button", name="Open the application").click()
    page.get_by_role("button", name="Continue to check your answers").click()
    assert page.get_by_text("Say in a few sentences what the organisation does.").count() == 2
    page.get_by_label("What the organisation does").fill("We lend to small firms.")
    page.get_by_role("button", name="Continue to check your answers").click()
    page.get_by_label("I may apply for this organisation").check()
    page.get_by_role("button", name="Send the application").click()
    assert page.get_by_role("heading", name="Your application has arrived").is_visible()
    context.close()


def test_axe_finds_nothing_on_an_applicants_pages(address: str, browser: Browser) -> None:
    draft, received = joining.draft(), joining.received()
    page, heard = listened(browser.new_context())
    found: dict[str, Any] = {}

    def look(name: str) -> None:
        found[name] = faults(page)
        picture(page, name)

    page.goto(f"{address}/join/apply/")
    look("start")
    for name, application in (("form", draft), ("status", received)):
        page.goto(f"{address}/join/apply/link/{joining.link_to(application)}/")
        page.get_by_role("button", name="Open the application").click()
        look(name)
        if name == "form":
            page.get_by_role("button", name="Continue to check your answers").click()
            look("review")
    assert {name: one for name, one in found.items() if one} == {}
    assert heard == []


def test_axe_finds_nothing_on_the_pages_of_secretariat_and_members(
    address: str, browser: Browser, settings: Any
) -> None:
    cast = Cast()
    manager, member = Person(browser, cast.manager), Person(browser, cast.steering)
    application = joining.voting(cast, **joining.ANSWERS)
    found: dict[str, Any] = {}
    manager.sign_in(address)
    for name, path in (
        ("list", ""),
        ("detail", f"{application.pk}/"),
        ("decline", f"{application.pk}/decline/"),
    ):
        manager.page.goto(f"{address}/members/applications/{path}")
        found[name] = faults(manager.page)
        picture(manager.page, name)
    member.sign_in(address)
    for name, path in (("candidates", ""), ("candidate", f"{application.pk}/"), ("vote", f"{application.pk}/vote/")):
        member.page.goto(f"{address}/members/candidates/{path}")
        found[name] = faults(member.page)
        picture(member.page, name)
    assert {name: one for name, one in found.items() if one} == {}
