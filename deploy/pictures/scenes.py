"""What the pictures show, and how a person gets there."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from deploy.pictures.camera import Camera

REPORTER, OFFICER, MANAGER = "jonas@northbank.example", "ines@efc.example", "katrin@efc.example"
COORDINATOR, VOTER = "petra@northbank.example", "ruben@payrail.example"
INVESTIGATOR, AUDITOR = "marta@lowlands.example", "simon@efc.example"

BEGUN = {
    "title": "Repeated low-value transfers to one account",
    "period_from": "2026-09-01",
    "period_to": "2026-10-31",
    "narrative": "Forty small transfers reached one account within a week, from senders with nothing else in common.",
}
VALUES = ("DE48 9999 0000 0123 4567 89", "DE48 9999 0000 0123 4577 89")  # the second has a wrong check digit


def take_all(camera: Camera) -> None:
    camera.take("home", lambda page: _open(page, "/"), dark=True)
    camera.take("news", lambda page: _open(page, "/news/"), dark=True)
    camera.take("report", _report, dark=True)
    camera.take("form", _form, who=REPORTER)
    camera.take("submission", _submission, who=REPORTER)
    camera.take("triage", lambda page: _open(page, "/cases/triage/"), who=OFFICER)
    camera.take("matches", _matches, who=OFFICER)
    camera.take("case", _case, who=OFFICER)
    camera.take("known", lambda page: _open(page, "/indicators/known/"), who=OFFICER)
    camera.take("draft", _draft, who=OFFICER)
    camera.take("approval", _approval, who=MANAGER)
    camera.take("inbox", lambda page: _open(page, "/referrals/"), who=INVESTIGATOR)
    camera.take("referral", _referral, who=INVESTIGATOR)
    camera.take("join", lambda page: _open(page, "/join/apply/"))
    camera.take("application", _application, who=MANAGER)
    camera.take("vote", lambda page: _follow(page, "/members/candidates/", "main a[href$='/vote/']"), who=VOTER)
    camera.take("people", lambda page: _open(page, "/members/people/"), who=COORDINATOR)
    camera.take("register", lambda page: _open(page, "/members/"), who=MANAGER)
    camera.take("due", lambda page: _open(page, "/members/due/"), who=MANAGER)
    camera.take("record", lambda page: _open(page, "/audit/"), who=AUDITOR)


def _open(page: Page, path: str) -> None:
    answer = page.goto(path)
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{path} answers {answer and answer.status}")


def _follow(page: Page, path: str, links: str) -> None:
    """Open the first of the links on a page."""
    _open(page, path)
    _open(page, str(page.locator(links).first.get_attribute("href")))


def _report(page: Page) -> None:
    _follow(page, "/reports/", "main a[href^='/reports/']")


def _form(page: Page) -> None:
    """The second step, where one value is right and one is refused."""
    _open(page, "/submissions/new/")
    for name, value in BEGUN.items():
        page.fill(f"[name={name}]", value)
    page.check("[name=red_flags] >> nth=0")
    page.get_by_role("button", name=re.compile("continue", re.I)).click()
    page.wait_for_url("**/edit/identifiers/")
    for place, value in enumerate(VALUES):
        if page.locator(f"[name=identifiers-{place}-value]").count() == 0:
            page.locator("[data-formset-add]").click()
        page.fill(f"[name=identifiers-{place}-value]", value)
        page.press(f"[name=identifiers-{place}-value]", "Tab")
        page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 0)")


def _submission(page: Page) -> None:
    """One that an agency has given something back for."""
    _follow(page, "/submissions/", "main table a.ref >> nth=-1")


def _matches(page: Page) -> None:
    """The first waiting submission that shares a value with others."""
    _open(page, "/cases/triage/")
    links = [str(one.get_attribute("href")) for one in page.locator("main table a.ref").all()]
    for link in links:
        _open(page, link)
        if page.get_by_text("Equal identifiers in other submissions").count():
            return


def _application(page: Page) -> None:
    """The one that the committee is voting on."""
    _follow(page, "/members/applications/?status=voting", "main table a")


def _own_cases(page: Page) -> list[str]:
    """Open cases that the officer leads, newest first."""
    _open(page, "/cases/?status=open")
    rows = page.locator("main table tbody tr", has_text="Ines Ferreira")
    return [str(one.get_attribute("href")) for one in rows.locator("a.ref").all()]


def _case(page: Page) -> None:
    for link in _own_cases(page):
        _open(page, link)
        if page.locator("main a[href*='/referrals/']").count():
            return


def _draft(page: Page) -> None:
    _open(page, f"/referrals/new/{_own_cases(page)[0].strip('/').rpartition('/')[2]}/")


def _approval(page: Page) -> None:
    _follow(page, "/referrals/?status=review", "main table a.ref")
    page.get_by_role("link", name="Approve").click()


def _referral(page: Page) -> None:
    _follow(page, "/referrals/", "main table a.ref")


def package_of(page: Page) -> bytes:
    """The encrypted package of the first referral in the inbox, as the agency downloads it."""
    _referral(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Download")).click()
    return download.value.path().read_bytes()
