"""Every page of the workspace with something on it: for axe, for a narrow window, without a script, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from efc_portal.submissions.forms import STEPS
from efc_portal.submissions.models import Submission
from efc_portal.submissions.timeline import SHOWN
from efc_portal.workflow.worker import work_drain_for
from tests.access_table import ALL, PUBLIC, TABLE
from tests.access_world import World
from tests.browser import IN_CHROMIUM, faults
from tests.cast import Cast, client_for
from tests.factories.stages import IBAN
from tests.journeys import pages
from tests.journeys.form import TITLE, report
from tests.journeys.people import Person
from tests.test_urlconf import ROUTES, Route, values_for

pytestmark = IN_CHROMIUM

# Whether the focus shows where it is, and whether it is where it was to go. A date's own button is drawn by Chromium.
FOCUS = """selector => {
    const one = document.activeElement, style = getComputedStyle(one);
    const shown = style.outlineStyle !== "none" || style.boxShadow !== "none";
    return [shown || one === document.body || one.type === "date", one.matches(selector)];
}"""
# Who looks at a page: of each kind of organisation the first who may open it.
LOOKERS = (("reporter", "analyst"), ("officer", "manager", "auditor"), ("investigator", "liaison"))


def lookers(route: Route) -> set[str]:
    people = TABLE.get(route.name, frozenset())
    if people == ALL:
        return {"reporter"}
    return {next(who for who in alike if who in people) for alike in LOOKERS if people & set(alike)}


def addresses(who: str, world: World) -> list[str]:
    found = []
    for route in ROUTES:
        if route.name in PUBLIC or who not in lookers(route):
            continue
        values = values_for(route, world)
        steps = [step.code for step in STEPS] if "step" in values else [""]
        found += [route.path({**values, "step": step}) for step in steps]
    return found


def is_page(client: Client, path: str) -> bool:
    answer = client.get(path)
    html = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    return html and b"<html" in answer.content


@pytest.mark.parametrize("who", [who for alike in LOOKERS for who in alike])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(browser: Browser, address: str, who: str) -> None:
    world = World()
    user = getattr(world.cast, who)
    paths = addresses(who, world)
    client = client_for(user, fresh=True)
    person = Person(browser, user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    person.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}])
    looked, found = 0, {}
    for path in filter(lambda path: is_page(client, path), paths):
        person.page.goto(address + path)
        person.page.evaluate("for (const more of document.querySelectorAll('details.more-box')) more.open = true")
        if wrong := faults(person.page):
            found[path] = wrong
        looked += 1
    person.context.close()
    assert found == {}
    assert person.heard == []
    assert looked


def test_a_submission_without_a_script(browser: Browser, address: str, cast: Cast, tmp_path: Path) -> None:
    reporter = Person(browser, cast.reporter, script=False)
    reporter.sign_in(address)
    report(reporter, tmp_path, number=1)
    reporter.follow("Reload the page to see how far it is")
    work_drain_for(10)
    reporter.page.reload()
    reporter.reads(str(SHOWN["submission.correlate"]))
    assert reporter.heard == []
    reporter.context.close()


def test_a_submission_by_keyboard(browser: Browser, address: str, cast: Cast) -> None:
    reporter = Person(browser, cast.reporter)
    reporter.sign_in(address)
    page, type_in, press = reporter.page, reporter.page.keyboard.type, reporter.page.keyboard.press
    page.goto(address + reverse("submissions:new"))
    tab_to(page, "#id_title")
    type_in(TITLE)
    tab_to(page, "#id_country")
    type_in("Netherlands")
    tab_to(page, "#id_narrative")
    type_in(pages.NARRATIVE)
    tab_to(page, "[name=red_flags]")
    press("Space")
    tab_to(page, "[value=continue]")
    press("Enter")

    expect(reporter.heading("Who and what was paid")).to_be_visible()
    tab_to(page, "#id_identifiers-0-value")
    type_in(IBAN)
    tab_to(page, "[value=continue]")
    press("Enter")

    expect(reporter.heading("Payments")).to_be_visible()
    tab_to(page, "#id_payments-0-recipient")
    press("ArrowDown")
    tab_to(page, "#id_payments-0-method")
    type_in("Bank")
    tab_to(page, "#id_payments-0-amount")
    type_in("35.00")
    tab_to(page, "[value=continue]")
    press("Enter")

    expect(reporter.heading("Attachments")).to_be_visible()
    tab_to(page, ".actions a.btn")
    press("Enter")

    expect(reporter.heading("How it may be used")).to_be_visible()
    for name in ("source_grade", "information_grade", "contains_str"):
        tab_to(page, f"[name={name}]")
        press("Space")
    tab_to(page, "[value=continue]")
    press("Enter")

    expect(reporter.heading("Check and send")).to_be_visible()
    tab_to(page, "form[action$='/finish/'] button")
    press("Enter")
    reporter.reads("Your submission has the reference S-2026-000001.")
    sent = Submission.objects.get().document
    assert sent["what"]["narrative"] == pages.NARRATIVE
    assert sent["payments"][0] == {"sender": None, "recipient": 0, "method": "bank_transfer", "amount": "35.00",
                                   "currency": "EUR", "paid_on": ""}  # fmt: skip
    assert reporter.heard == []
    reporter.context.close()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the control has the focus; each on the way shows that it has it."""
    for _press in range(200):
        page.keyboard.press("Tab")
        seen, there = page.evaluate(FOCUS, selector)
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if there:
            return
    raise AssertionError(f"Tab does not lead to {selector}")
