"""The form in its six steps, as a person fills it in."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.factories.stages import IBAN
from tests.journeys import pages
from tests.journeys.people import Person

TITLE = "Even amounts to one account, at night"
TABLE = b"date;amount;currency\n2026-09-14;3120.00;EUR\n2026-10-02;50.00;EUR\n"


def report(reporter: Person, folder: Path, *, number: int) -> None:
    """From the start page to the sent submission, each control by its label; with a script or without one."""
    page = reporter.page
    table = folder / "payments.csv"
    table.write_bytes(TABLE)
    page.goto(page.url.replace("/workspace/", "/submissions/new/"))
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("First payment or event").fill("2026-09-01")
    page.get_by_label("Last payment or event").fill("2026-10-31")
    page.get_by_label("Country the money went to").select_option("NL")
    page.get_by_label("What happened, in your words").fill(pages.NARRATIVE)
    page.get_by_role("group", name="Red flags you saw").get_by_role("checkbox").first.check()
    reporter.press("Save and continue")

    expect(reporter.heading("Who and what was paid")).to_be_visible()
    page.get_by_label("Identifier", exact=True).fill(IBAN)
    reporter.press("Add an identifier")
    reporter.reads("stored as")  # told at once what it is
    page.get_by_label("Identifier", exact=True).nth(1).fill(pages.WALLET)
    reporter.press("Save and continue")

    expect(reporter.heading("Payments")).to_be_visible()
    page.get_by_label(re.compile("^To")).select_option("0")
    page.get_by_label("Method").select_option("bank_transfer")
    page.get_by_label("Amount").fill("3120.00")
    page.get_by_label("Date").fill("2026-09-14")
    reporter.press("Save and continue")

    expect(reporter.heading("Attachments")).to_be_visible()
    page.get_by_label("Choose files").set_input_files(table)
    reporter.press("Add the chosen files")
    reporter.reads("payments.csv")
    reporter.follow("Continue")

    expect(reporter.heading("How it may be used")).to_be_visible()
    page.get_by_role("radio", name="A: no doubt").check()
    page.get_by_role("radio", name="2: known personally").check()
    page.get_by_role("radio", name="No", exact=True).check()
    reporter.press("Save and continue")

    expect(reporter.heading("Check and send")).to_be_visible()
    reporter.reads(TITLE, "payments.csv")
    reporter.press("Send to the coalition")
    reporter.reads(f"Your submission has the reference S-2026-{number:06}.")
