"""The main job as five people play it in Chromium, with a real Celery worker behind the pages, and an auditor after."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pikepdf
import pyrage
import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, expect

from efc_portal.audit.models import AuditEvent
from efc_portal.referrals.enums import OutcomeCode, ReleaseKind
from efc_portal.referrals.models import Referral
from efc_portal.referrals.package.verify import manifest_verify
from efc_portal.submissions.models import Submission
from efc_portal.submissions.timeline import SHOWN
from efc_portal.workflow.models import WorkItem
from tests.browser import IN_CHROMIUM
from tests.cast import Cast
from tests.factories.stages import IBAN
from tests.journeys import pages
from tests.journeys.form import TABLE, TITLE, report
from tests.journeys.people import Person
from tests.workflow.effects import until
from tests.workflow.workers import Workers

pytestmark = [*IN_CHROMIUM, pytest.mark.workflow]

QUESTION, ANSWER = "Since when is the account held?", "Since the spring; it was opened at a branch."
SUMMARY, REQUEST = "Two partners report the same account.", "Please identify the holder."
WHY = "Submissions that concern Netherlands: 1 of 1."
NOTE, CONCLUSION = "Our third desk has taken it up.", "Two holders are known to us."
STEPS = ("begin", "finish", "screen", "normalise", "correlate", "ask", "answer", "accept")
# What the reporter may read in the end, newest first, and nothing beside it.
TOLD = [
    ReleaseKind.RESULT_CODES.label % {"outcomes": OutcomeCode.ACCOUNT_IDENTIFIED.label},
    ReleaseKind.RECEIVED.label,
    *(SHOWN[f"submission.{step}"] for step in reversed(STEPS)),
]


def test_five_people_and_an_auditor(
    browser: Browser, address: str, workers: Workers, cast: Cast, tmp_path: Path
) -> None:
    known = pages.submit(cast.client("coordinator"), identifiers=[{"value": IBAN, "type": "", "role": "recipient"}],
                         title="The account again", process=False)  # fmt: skip
    agency = cast.agency
    reporter, officer, manager, investigator = (
        Person(browser, user) for user in (cast.reporter, cast.officer, cast.manager, cast.investigator)
    )

    reporter.sign_in(address)
    report(reporter, tmp_path, number=2)
    assert Submission.objects.filter(status="received").count() == 2  # nobody works yet
    workers.start(app="efc_portal")
    reporter.reads(str(SHOWN["submission.correlate"]))  # the page has looked again by itself
    assert Submission.objects.filter(status="triage").count() == 2

    officer.sign_in(address)
    ask(officer, known=Submission.objects.get(pk=known))
    answer(reporter)
    open_case(officer)
    draft(officer, agency=agency.organisation.name)
    referral = Referral.objects.get()
    refused_approval(officer, f"{address}/referrals/{referral.pk}/approve/")

    manager.sign_in(address)
    approve(manager, referral)

    investigator.sign_in(address)
    opened = download(investigator, referral, agency.identity)
    whole(opened, Referral.objects.get())
    respond(investigator)

    hear(reporter, referral)
    auditor = Person(browser, cast.auditor)
    auditor.sign_in(address)
    read_the_record(auditor, cast, referral)
    for person in (reporter, officer, manager, investigator, auditor):
        assert person.heard == [], person.user.email
        person.context.close()
    until(lambda: not WorkItem.objects.filter(done_at=None).exists())
    recorded(cast)
    call_command("audit_verify")


# --- the reporter


def answer(reporter: Person) -> None:
    reporter.page.reload()
    reporter.reads(QUESTION)
    reporter.page.get_by_label("Your answer").fill(ANSWER)
    reporter.press("Send")
    reporter.reads("Your message was sent to the secretariat.")


def hear(reporter: Person, referral: Referral) -> None:
    """What was released, and nothing else: neither notes nor numbers, nor that there is a case or which agency."""
    reporter.page.reload()
    lines = reporter.page.locator("ol.timeline li strong")
    expect(lines).to_have_text([str(sentence) for sentence in TOLD])
    secret = (NOTE, CONCLUSION, SUMMARY, referral.reference, referral.case.reference, "National Unit", "Lighthouse")
    reporter.reads_nothing_of(*secret)


# --- the officer


def ask(officer: Person, known: Submission) -> None:
    """From the queue to a question; the equal identifier of another submission stands there as a match."""
    officer.go("Triage")
    row = officer.page.get_by_role("row").filter(has_text="S-2026-000002")
    expect(row).to_contain_text("Meridian Bank")
    row.get_by_role("link").click()
    matches = officer.page.get_by_role("table", name="Equal identifiers in other submissions")
    expect(matches).to_contain_text(str(known.reference))
    expect(matches).to_contain_text("Lighthouse for Children")
    officer.page.locator("summary", has_text="Ask for more").click()
    officer.page.get_by_label("What do you need to know?").fill(QUESTION)
    officer.press("Send the question")
    officer.reads("Your question was sent to the submitting organisation.")


def open_case(officer: Person) -> None:
    officer.page.reload()
    officer.reads(ANSWER)
    officer.page.get_by_role("radio", name="A new case").check()
    officer.page.get_by_label("Title of the new case").fill(TITLE)
    officer.press("Accept into the case")
    expect(officer.heading(f"C-2026-000001 {TITLE}")).to_be_visible()
    officer.reads("S-2026-000001")  # the match outside this case


def draft(officer: Person, agency: str) -> None:
    """The competent agency is chosen already, and the page says why."""
    officer.follow("Draft a referral")
    expect(officer.page.get_by_role("radio", name=agency)).to_be_checked()
    officer.reads(WHY)
    officer.page.get_by_label("Summary for the agency").fill(SUMMARY)
    officer.page.get_by_label("What the agency is asked to do").fill(REQUEST)
    officer.press("Save the draft")
    officer.press("Hand over for approval")
    officer.reads("The managers were told that this referral waits for approval.")


def refused_approval(officer: Person, path: str) -> None:
    """Neither a button nor the address lets whoever drafted approve."""
    officer.reads("You drafted this referral, so somebody else approves it.")
    expect(officer.page.get_by_role("link", name="Approve")).to_have_count(0)
    officer.page.goto(path)
    officer.reads("This needs the role Manager.")
    assert Referral.objects.get().status == "review"
    officer.heard.clear()  # the refusal itself


# --- the manager


def approve(manager: Person, referral: Referral) -> None:
    """Read it, press, show the second factor again, and see it delivered."""
    manager.go("Referrals")
    manager.follow(referral.reference)
    manager.follow("Approve")
    manager.reads("This cannot be undone.", SUMMARY)
    manager.press("Approve and deliver")
    manager.give_code("Confirm that it is you", "Confirm")
    manager.reads("Approved. The package is being built, encrypted and delivered.")
    expect(manager.page.locator(".progress .tag.good")).to_have_count(3)  # the page has looked again by itself
    assert Referral.objects.get().status == "delivered"


# --- the agency


def download(investigator: Person, referral: Referral, identity: pyrage.x25519.Identity) -> bytes:
    """The archive that the agency's own key opens."""
    investigator.go("Referrals")
    investigator.follow(referral.reference)
    investigator.reads("This waits for you", REQUEST)
    with investigator.page.expect_download() as coming:
        investigator.page.get_by_role("link", name="Download").click()
    assert coming.value.suggested_filename == f"{referral.reference}.zip.age"
    return pyrage.decrypt(Path(coming.value.path()).read_bytes(), [identity])


def whole(opened: bytes, referral: Referral) -> None:
    """Every file is in the package and is what the manifest says."""
    assert manifest_verify(io.BytesIO(opened), manifest_sha256=referral.package.manifest_sha256) == []
    archive = zipfile.ZipFile(io.BytesIO(opened))

    def content(name: str) -> bytes:
        return archive.read(f"{referral.reference}/{name}")

    with pikepdf.open(io.BytesIO(content("report.pdf"))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "pdfuaid" in pdf.Root.Metadata.read_bytes().decode()
    bundle = json.loads(content("bundle.stix.json"))
    assert bundle["type"] == "bundle"
    assert IBAN in json.dumps(bundle)
    rows = list(csv.reader(io.StringIO(content("identifiers.csv").decode("utf-8-sig"))))
    assert {IBAN, pages.WALLET} <= {cell for row in rows for cell in row}
    assert "3120.00" in content("payments.csv").decode("utf-8-sig")
    assert content("attachments/S-2026-000002/payments.csv") == TABLE


def respond(investigator: Person) -> None:
    """Acknowledge, accept and report, and say each time what the submitters may be told."""
    page = investigator.page
    investigator.follow("Acknowledge")
    page.get_by_role("radio", name=str(ReleaseKind.RECEIVED.label)).check()
    investigator.press("Acknowledge")
    investigator.follow("Accept")
    page.get_by_label("A note for the secretariat").fill(NOTE)
    investigator.press("Accept")
    investigator.follow("Report the outcome")
    page.get_by_label(str(OutcomeCode.ACCOUNT_IDENTIFIED.label)).fill("2")
    page.get_by_label("A note for the secretariat").fill(CONCLUSION)
    page.locator(f"[name=tell][value={ReleaseKind.RESULT_CODES}]").check()
    investigator.press("Report the outcome")
    investigator.reads("Thank you. The outcome was reported to the secretariat.")


# --- the auditor


def read_the_record(auditor: Person, cast: Cast, referral: Referral) -> None:
    """Who saw the submission and the referral, and why they left the portal."""
    readers = auditor.page.get_by_role("table", name="People")
    each = auditor.page.get_by_role("table", name="Each time, and why")
    auditor.go("Record")
    auditor.follow("Who read what")
    for reference, people in (
        ("S-2026-000002", (cast.reporter, cast.officer, cast.investigator)),
        (referral.reference, (cast.officer, cast.manager, cast.investigator)),
    ):
        auditor.page.get_by_label("Reference of a submission").fill(reference)
        auditor.press("Show")
        expect(auditor.heading(f"Who read {reference}")).to_be_visible()
        for person in people:
            expect(readers).to_contain_text(person.name)
        expect(each).to_contain_text(WHY)
    expect(readers).not_to_contain_text(cast.reporter.name)


def recorded(cast: Cast) -> None:
    """The approval stands in the record with its reason, the delivery with who received."""
    approved = AuditEvent.objects.get(action="referral.approve")
    assert approved.actor_label == cast.manager.email
    assert approved.justification.startswith(WHY)
    assert AuditEvent.objects.get(action="referral.deliver").recipient == cast.agency.organisation.name
    assert AuditEvent.objects.filter(action="audit.readers", actor_label=cast.auditor.email).count() == 2
