"""A value that was reported by mistake is taken back, and whoever received it is told."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pyrage
import pytest
from django.urls import reverse

from efc_portal.audit.models import AuditEvent
from efc_portal.cases.models import Match
from efc_portal.cases.services import submission_accept
from efc_portal.core.blobs import blob_read
from efc_portal.core.errors import Conflict, NotPermitted
from efc_portal.notifications.models import Mail
from efc_portal.submissions.enums import WithdrawalReason
from efc_portal.submissions.models import Submission, Withdrawal
from efc_portal.submissions.services import value_withdraw
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories import stages

pytestmark = pytest.mark.django_db

SHOWN = "NL91 ABNA 0417 1643 00"


def taken_back(submission: Submission, actor: object) -> None:
    identifier = submission.sightings.get().identifier
    value_withdraw(submission=submission, identifier=identifier, reason=WithdrawalReason.MISTAKE, actor=actor)
    work_drain_for(30)


def page_of(cast: Cast, who: str, submission: Submission) -> str:
    identifier = submission.sightings.get().identifier_id
    name = "submissions:value_withdraw" if who == "reporter" else "cases:value_withdraw"
    return reverse(name, args=[submission.pk, identifier])


@pytest.mark.parametrize("who", ["reporter", "officer"])
def test_it_is_asked_first_and_then_done(cast: Cast, who: str) -> None:
    submission = stages.submission_of(cast.reporter)
    client, url = cast.client(who), page_of(cast, who, submission)
    assert SHOWN in client.get(url).content.decode()
    assert AuditEvent.objects.filter(action="submission.view", actor_id=getattr(cast, who).pk).count() == 1
    assert Withdrawal.objects.count() == 0
    refused = client.post(url, {})
    assert refused.status_code == 422
    assert "Choose why." in refused.content.decode()
    done = client.post(url, {"reason": "mistake"}, follow=True)
    assert "taken back" in done.content.decode()
    assert client.post(url, {"reason": "mistake"}).status_code == 409
    event = AuditEvent.objects.get(action="submission.withdraw_value")
    assert event.payload == {"kind": "iban", "reason_code": "mistake"}


def test_it_ties_nothing_from_that_moment_on(cast: Cast) -> None:
    submission, other = stages.submission_of(cast.reporter), stages.submission_of(cast.coordinator)
    page = reverse("cases:triage_detail", args=[submission.pk])
    assert other.reference in cast.client("officer").get(page).content.decode()
    done = cast.client("officer").post(page_of(cast, "officer", submission), {"reason": "mistake"}, follow=True)
    assert done.redirect_chain[-1][0].endswith(page)
    assert Match.objects.exists()  # the workflow has not come to it yet
    assert other.reference not in done.content.decode()


def test_nobody_else_can(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    identifier = submission.sightings.get().identifier
    own = reverse("submissions:value_withdraw", args=[submission.pk, identifier.pk])
    assert cast.client("coordinator").post(own, {"reason": "mistake"}).status_code == 404
    assert cast.client("reporter").get(own.replace(f"/{identifier.pk}/", "/999999/")).status_code == 404
    with pytest.raises(NotPermitted):
        value_withdraw(submission=submission, identifier=identifier, reason="mistake", actor=cast.investigator)
    with pytest.raises(NotPermitted):  # of another organisation
        value_withdraw(submission=submission, identifier=identifier, reason="mistake", actor=cast.coordinator)
    assert Withdrawal.objects.count() == 0


def test_it_ties_nothing_together_any_more(cast: Cast) -> None:
    first, second = stages.submission_of(cast.reporter), stages.submission_of(cast.coordinator)
    assert Match.objects.count() == 1
    taken_back(first, cast.reporter)
    assert Match.objects.count() == 0
    third = stages.submission_of(cast.reporter)
    assert [(one.earlier_id, one.later_id) for one in Match.objects.all()] == [(second.pk, third.pk)]


def test_not_while_the_workflow_is_at_work(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    Submission.objects.filter(pk=submission.pk).update(status="normalised")
    with pytest.raises(Conflict):
        taken_back(submission, cast.reporter)


def test_an_agency_that_received_it_is_told_once_and_reads_which_and_why(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    case = stages.case_of(cast.officer, submission)
    referral = stages.delivered(stages.referral_of(cast.officer, case, cast.agency), cast.officer, cast.manager)
    assert cast.investigator.is_active
    investigator, url = cast.client("investigator"), reverse("referrals:detail", args=[referral.pk])
    assert "Taken back since" not in investigator.get(url).content.decode()
    taken_back(submission, cast.reporter)
    told = Mail.objects.filter(template="value_withdrawn")
    references = {(one.to_id, one.values["reference"]) for one in told}
    assert (cast.investigator.pk, referral.reference) in references
    assert (cast.officer.pk, case.reference) in references
    assert len(references) == told.count()
    page = investigator.get(url).content.decode()
    assert SHOWN in page.split("Taken back since")[1]
    assert "mistyped" in page


def test_an_agency_reads_whether_another_submission_still_stands_for_the_value(cast: Cast) -> None:
    first, second = stages.submission_of(cast.reporter), stages.submission_of(cast.coordinator)
    case = stages.case_of(cast.officer, first)
    submission_accept(submission=second, case=case, actor=cast.officer)
    referral = stages.delivered(stages.referral_of(cast.officer, case, cast.agency), cast.officer, cast.manager)
    investigator, url = cast.client("investigator"), reverse("referrals:detail", args=[referral.pk])
    taken_back(first, cast.reporter)
    assert "still reports it" in investigator.get(url).content.decode()
    taken_back(second, cast.coordinator)
    assert "still reports it" not in investigator.get(url).content.decode()


def test_a_package_that_is_built_later_does_not_hold_it(cast: Cast) -> None:
    submission = stages.submission_of(cast.reporter)
    case = stages.case_of(cast.officer, submission)
    taken_back(submission, cast.reporter)
    referral = stages.delivered(stages.referral_of(cast.officer, case, cast.agency), cast.officer, cast.manager)
    package = referral.package
    sealed = b"".join(blob_read(package.blob, data_key=referral.data_key, context=package.context))
    with ZipFile(io.BytesIO(pyrage.decrypt(sealed, [cast.agency.identity]))) as found:
        tables = [name for name in found.namelist() if name.endswith("identifiers.csv")]
        assert tables
        assert stages.IBAN not in found.read(tables[0]).decode()
