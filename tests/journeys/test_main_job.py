"""The main job, from a bank's form to the feedback on it, through the pages and the real workflow."""

from __future__ import annotations

import io
import zipfile

import pyrage
import pytest
from django.urls import reverse

from efc_portal.cases.models import Case, Match
from efc_portal.partners.agencies.keys import agency_key_confirm, agency_key_set
from efc_portal.referrals.models import Referral
from efc_portal.submissions.models import Submission
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.journeys import pages

pytestmark = [pytest.mark.django_db, pytest.mark.workflow]


@pytest.fixture
def agency_identity(cast: Cast) -> pyrage.x25519.Identity:
    identity = pyrage.x25519.Identity.generate()
    agency_key_set(actor=cast.liaison, agency=cast.agency, recipient=str(identity.to_public()))
    agency_key_confirm(actor=cast.manager, agency=cast.agency, number="+442079460123", source="Directory")
    return identity


def refer(cast: Cast, case: Case) -> Referral:
    officer = cast.client("officer")
    page = officer.get(reverse("referrals:new", args=[case.pk]))
    assert page.status_code == 200
    answer = officer.post(
        reverse("referrals:new", args=[case.pk]),
        {
            "agency": str(cast.agency.pk),
            "submissions": [str(pk) for pk in Submission.objects.values_list("pk", flat=True)],
            "title": "Transfers to one account",
            "summary": "Two partners see the same account.",
            "request": "Please identify the holder.",
            "routing_reason": "The account is held in your country.",
            "permission": "",
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    return Referral.objects.get()


def test_from_the_form_to_the_feedback(cast: Cast, agency_identity: pyrage.x25519.Identity) -> None:
    bank, ngo = cast.client("reporter"), cast.client("coordinator")
    first = pages.submit(bank)
    second = pages.submit(ngo, title="The same account again")

    # the status page says where it stands
    page = bank.get(reverse("submissions:detail", args=[first])).content.decode()
    assert "S-2026-000001" in page
    assert "waits for an officer" in page

    # the officer sees the match
    officer = cast.client("officer")
    queue = officer.get(reverse("cases:triage")).content.decode()
    assert "S-2026-000001" in queue
    assert "S-2026-000002" in queue
    page = officer.get(reverse("cases:triage_detail", args=[second])).content.decode()
    assert "S-2026-000001" in page
    assert Match.objects.count() >= 2
    assert "found in the text" in page

    # asks, is answered, accepts both into one case
    officer.post(reverse("cases:ask", args=[first]), {"body": "Which currency did the sender see?"})
    page = bank.get(reverse("submissions:detail", args=[first])).content.decode()
    assert "Which currency did the sender see?" in page
    bank.post(reverse("submissions:answer", args=[first]), {"body": "Euro, always even amounts."})
    officer.post(reverse("cases:accept", args=[first]), {"case": "new", "title": "One account, many senders"})
    case = Case.objects.get()
    officer.post(reverse("cases:accept", args=[second]), {"case": str(case.pk)})
    page = officer.get(reverse("cases:detail", args=[case.pk])).content.decode()
    assert "S-2026-000002" in page

    # drafts; may not approve; a manager does
    referral = refer(cast, case)
    officer.post(reverse("referrals:propose", args=[referral.pk]))
    manager = cast.client("manager", fresh=True)
    assert manager.get(reverse("referrals:approve", args=[referral.pk])).status_code == 200
    assert manager.post(reverse("referrals:approve", args=[referral.pk])).status_code == 302
    work_drain_for(20)
    referral.refresh_from_db()
    assert referral.status == "delivered"

    # the agency opens the package with its own key
    agency = cast.client("investigator")
    assert referral.reference in agency.get(reverse("referrals:list")).content.decode()
    page = agency.get(reverse("referrals:detail", args=[referral.pk])).content.decode()
    assert "Please identify the holder." in page
    sealed = b"".join(agency.get(reverse("referrals:package", args=[referral.pk])).streaming_content)
    archive = zipfile.ZipFile(io.BytesIO(pyrage.decrypt(sealed, [agency_identity])))
    names = {name.rpartition("/")[2] for name in archive.namelist()}
    assert {"report.pdf", "bundle.stix.json", "identifiers.csv", "payments.csv", "manifest.json"} <= names
    table = next(name for name in archive.namelist() if name.endswith("identifiers.csv"))
    assert pages.IBAN in archive.read(table).decode()

    # answers, and releases something
    agency.post(reverse("referrals:acknowledge", args=[referral.pk]), {"tell": "received"})
    agency.post(reverse("referrals:accept", args=[referral.pk]), {"note": "Unit 3 has it.", "tell": ""})
    answer = agency.post(
        reverse("referrals:conclude", args=[referral.pk]),
        {"count_account_identified": "2", "note": "Two holders known.", "tell": "result_codes"},
    )
    assert answer.status_code == 302, answer.content.decode()

    # which travels back, and nothing more
    page = bank.get(reverse("submissions:detail", args=[first])).content.decode()
    assert "A law enforcement agency has received what you sent." in page
    assert "Account or wallet holders identified" in page
    assert "Two holders known." not in page
    assert "Unit 3" not in page
    assert referral.reference not in page
    assert case.reference not in page
