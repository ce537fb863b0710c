"""What the pictures show, and how a person gets there."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from deploy.pictures.camera import Camera
from efc_portal.demo.values import Invented

REPORTER, OFFICER, MANAGER = "jonas@northbank.example", "ines@efc.example", "katrin@efc.example"
COORDINATOR, VOTER = "petra@northbank.example", "ruben@payrail.example"
INVESTIGATOR, AUDITOR = "marta@lowlands.example", "simon@efc.example"

BEGUN = {
    "title": "Repeated low-value transfers to one account",
    "period_from": "2026-09-01",
    "period_to": "2026-10-31",
    "narrative": "Forty small transfers reached one account within a week, from senders with nothing else in common.",
}
VALUES = ("DE48 9999 0000 0123 4577 89", "DE48 9999 0000 0123 4567 89")  # the first has a wrong check digit


def take_all(camera: Camera) -> None:
    camera.take("home", lambda page: _open(page, "/"), dark=True)
    camera.take("news", lambda page: _open(page, "/news/"), dark=True)
    camera.take("report", _report, dark=True)
    camera.take("form", _form, who=REPORTER)
    camera.take("submission", _submission, who=REPORTER)
    camera.take("triage", lambda page: _open(page, "/cases/triage/"), who=OFFICER)
    camera.take("matches", _matches, who=OFFICER)
    camera.take("case", _case, who=OFFICER)
    camera.take("related", _related, who=OFFICER)
    camera.take("look-up", _look_up, who=OFFICER)
    camera.take("identifier", _identifier, who=OFFICER)
    camera.take("known", lambda page: _open(page, "/indicators/known/"), who=OFFICER)
    camera.take("own", lambda page: _open(page, "/indicators/own/"), who=COORDINATOR)
    camera.take("import-columns", _columns_named, who=REPORTER)
    camera.take("import-summary", _import_summary, who=REPORTER)
    camera.take("draft", _draft, who=OFFICER)
    camera.take("approval", _approval, who=MANAGER)
    camera.take("inbox", lambda page: _open(page, "/referrals/"), who=INVESTIGATOR)
    camera.take("referral", _referral, who=INVESTIGATOR)
    camera.take("taken-back", _taken_back, who=INVESTIGATOR)
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
    _follow(page, "/reports/", "main a[href^='/reports/']:not([href$='.xml'])")


def _form(page: Page) -> None:
    """The second step, where one value is refused and one is right."""
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


def _related(page: Page) -> None:
    """Two submissions that share no value, and meet at one host."""
    _open(page, "/cases/triage/")
    row = page.locator("main table tbody tr", has_text="Helpline: paid by gift card, then threatened")
    _open(page, str(row.locator("a.ref").first.get_attribute("href")))
    page.get_by_role("heading", name="Related values").scroll_into_view_if_needed()


def _look_up(page: Page) -> None:
    """Values of a case, a mail provider, one that nobody reported and one that is mistyped."""
    _case(page)
    values = page.get_by_role("table", name="Identifiers of this case").locator("a.value").all_inner_texts()
    _open(page, "/indicators/look-up/")
    page.fill("[name=values]", "\n".join([*values, "mailbox.example", *VALUES]))
    page.fill("[name=why]", "Preparing the meeting on merchant networks")
    page.get_by_role("button", name="Look up").click()
    page.get_by_role("heading", name="Result of the look-up").wait_for()


def _identifier(page: Page) -> None:
    _case(page)
    page.get_by_role("table", name="Identifiers of this case").locator("a.value").first.click()
    if page.locator("[name=why]").count():
        page.fill("[name=why]", "Preparing the meeting on merchant networks")
        page.get_by_role("button", name="Open it").click()
    page.get_by_role("heading", name=re.compile("Reported in")).wait_for()


def _import_columns(page: Page) -> None:
    """A file with columns of its own names, and the question which is which."""
    _open(page, "/submissions/import/")
    page.set_input_files("[name=file]", {"name": "october.csv", "mimeType": "text/csv", "buffer": _rows()})
    page.get_by_role("button", name="Upload the file").click()
    page.wait_for_url("**/describe/")
    page.get_by_label("Part it plays").select_option(label="recipient or sender")
    page.locator("[name=dates][value=ymd]").check()
    page.locator("[name=decimal][value='.']").check()


def _columns_named(page: Page) -> None:
    """That page from the first rows on."""
    _import_columns(page)
    page.get_by_text("The first rows").first.evaluate("caption => caption.scrollIntoView()")


def _import_summary(page: Page) -> None:
    """The same file, checked: what was taken, and which rows are to be mended."""
    _import_columns(page)
    page.get_by_role("button", name="Check every row").click()
    for _second in range(60):
        if page.get_by_role("heading", name="Rows to mend").count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    raise RuntimeError("The rows of the file were not checked within a minute.")


def _rows() -> bytes:
    """Accounts of nobody with a payment each; of every hundred, one account and one day are wrong."""
    invented = Invented("rows of a file")
    lines = ["account;recipient or sender;amount;currency;date"]
    for place in range(400):
        account = invented.iban(("DE", "NL", "LT")[place % 3])
        wrong = account[:-1] + str((int(account[-1]) + 1) % 10)
        day = "2026-13-04" if place % 100 == 60 else f"2026-10-{1 + place % 31:02d}"
        shown = wrong if place % 100 == 40 else account
        lines.append(f"{shown};{('recipient', 'sender')[place % 2]};{20 + place % 9 * 15}.00;EUR;{day}")
    return "\r\n".join(lines).encode()


def _taken_back(page: Page) -> None:
    """The referral of which a value no longer stands."""
    _open(page, "/referrals/?folder=progress")
    for link in [str(one.get_attribute("href")) for one in page.locator("main table a.ref").all()]:
        _open(page, link)
        if page.locator("#withdrawn").count():
            return
    raise RuntimeError("No referral of the demo holds a value that was taken back.")


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
