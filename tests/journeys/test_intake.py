"""A file of many rows, from its upload to triage, in Chromium, with real workers that are killed in the middle."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from efc_portal.intake.models import Intake, IntakePart
from efc_portal.submissions.models import FILE_POSITIONS, Sighting, Submission
from tests.browser import IN_CHROMIUM, faults
from tests.cast import Cast
from tests.factories.intakes import HEADER
from tests.journeys import pages
from tests.journeys.people import Person
from tests.workflow.effects import until
from tests.workflow.workers import Workers

pytestmark = [*IN_CHROMIUM, pytest.mark.workflow, pytest.mark.django_db(transaction=True)]

ROWS, BROKEN_EVERY = 20_000, 5_000
KILLED_AFTER = 3  # parts of 200 rows
WRONG, RIGHT = "DE89370400440532013001", "DE89370400440532013000"
PATIENCE = 120_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Rows of e-mail addresses; four of them hold an account number with a wrong check digit instead."""
    values = [f"payer{place}@mailbox.example" for place in range(ROWS)]
    values[BROKEN_EVERY - 1 :: BROKEN_EVERY] = [WRONG] * (ROWS // BROKEN_EVERY)
    lines = [f"{value},sender,2.00,EUR,2026-09-14" for value in values]
    path = tmp_path / "payers.csv"
    path.write_text("\n".join([HEADER, *lines, ""]))
    return path


def done() -> int:
    return IntakePart.objects.exclude(done_at=None).count()


def describe(reporter: Person) -> None:
    page = reporter.page
    expect(page.locator("#id_column_value")).to_have_value("0")
    expect(page.locator("#id_column_amount")).to_have_value("2")
    if not page.get_by_role("radio", name="2026-03-31").is_checked():
        page.get_by_role("radio", name="2026-03-31").check()
        page.get_by_role("radio", name="1,234.50").check()
    reporter.press("Check every row")


def test_many_rows_survive_kill_9_are_mended_and_reach_triage(
    browser: Browser, address: str, cast: Cast, workers: Workers, file: Path, tmp_path: Path
) -> None:
    reporter = Person(browser, cast.reporter)
    reporter.sign_in(address)
    page = reporter.page
    reporter.go("Import a file")
    page.get_by_label("File").set_input_files(file)
    reporter.press("Upload the file")
    expect(reporter.heading("payers.csv")).to_be_visible()
    assert faults(page) == {}
    page.set_viewport_size({"width": 1280, "height": 900})
    describe(reporter)

    # it waits for a worker, then moves by itself; the workers are killed, and others go on where it stood
    reporter.reads("0 rows checked")
    workers.start()
    workers.start_beat()
    until(lambda: done() >= KILLED_AFTER, seconds=60)
    workers.kill()
    stood = done()
    assert KILLED_AFTER <= stood < ROWS // 200, "the workers were too quick, or too slow, to be killed in the middle"
    assert Sighting.objects.count() == sum(IntakePart.objects.exclude(done_at=None).values_list("good", flat=True))
    page.reload()
    reporter.reads("Good rows", "Rows to mend")
    assert faults(page) == {}
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}/workspace/")  # closing the page stops nothing
    workers.start()
    workers.start_beat()
    page.goto(address + f"/submissions/import/{Intake.objects.get().pk}/")
    expect(page.get_by_role("heading", name="What comes next")).to_be_visible(timeout=PATIENCE)
    reporter.reads("19,996", "39,992.00", "good rows")
    good = ROWS - ROWS // BROKEN_EVERY
    found = Sighting.objects.order_by("position")
    assert found.count() == found.values("identifier").distinct().count() == good
    assert found.last().position == FILE_POSITIONS + ROWS - 2  # type: ignore[union-attr]  # the last row is broken
    assert faults(page) == {}
    page.set_viewport_size({"width": 1280, "height": 900})

    # the broken rows are taken along, mended, and sent again
    reporter.reads("Rows to mend", "5,001")
    with page.expect_download() as download:
        reporter.follow("Rows to mend as CSV")
    mended = tmp_path / "mended.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.count(WRONG) == ROWS // BROKEN_EVERY
    mended.write_text(text.replace(WRONG, RIGHT))
    reporter.follow("add the mended file to the draft")
    page.get_by_label("File").set_input_files(mended)
    reporter.press("Upload the file")
    reporter.reads("As your organisation had it the last time")
    describe(reporter)
    expect(page.get_by_role("heading", name="What comes next")).to_be_visible(timeout=PATIENCE)
    reporter.follow("Continue with the submission")

    # what happened, how it may be used, and everything goes at once
    page.get_by_label("Title").fill("Payers of one account")
    page.get_by_label("What happened, in your words").fill(pages.NARRATIVE)
    reporter.press("Save and continue")
    reporter.reads("payers.csv", "mended.csv")
    page.goto(re.sub("identifiers/$", "handling/", page.url))
    page.get_by_role("radio", name="A: no doubt").check()
    page.get_by_role("radio", name="2: known personally").check()
    page.get_by_role("radio", name="No", exact=True).check()
    reporter.press("Save and continue")
    reporter.reads("20,000", "payers.csv")
    assert not Submission.objects.visible_to(cast.officer).exists()
    reporter.press("Send to the coalition")
    reporter.reads("Your submission has the reference")
    expect(page.get_by_text("Compared with what is known; waits for an officer")).to_be_visible(timeout=PATIENCE)

    officer = Person(browser, cast.officer)
    officer.sign_in(address)
    officer.go("Triage")
    officer.page.get_by_role("link", name=re.compile("^S-")).first.click()
    officer.reads("Payers of one account", "20,000", "40,000.00")
    officer.page.get_by_role("link", name=re.compile("All identifiers")).click()
    officer.reads("payer0")
    assert faults(officer.page) == {}
    assert reporter.heard == []
    assert officer.heard == []
