"""Submissions, cases and referrals at each stage of their life, brought there by the services that do it in earnest."""

from __future__ import annotations

import io
from typing import Any, TypeVar

from efc_portal.accounts.models import User
from efc_portal.cases.models import Case
from efc_portal.cases.services import submission_accept_into_new_case
from efc_portal.partners.models import Agency
from efc_portal.referrals.content import ReferralText
from efc_portal.referrals.models import Referral
from efc_portal.referrals.services import referral_approve, referral_draft, referral_propose
from efc_portal.submissions.forms import WholeDraft
from efc_portal.submissions.models import Submission
from efc_portal.submissions.services import attachment_add, draft_create, draft_save, submission_ask, submission_finish
from efc_portal.workflow.worker import work_drain_for

Stage = TypeVar("Stage", Submission, Referral)

IBAN = "NL91ABNA0417164300"  # the example of the Dutch bank's own documentation
DOCUMENT: dict[str, Any] = {
    "what": {
        "title": "Small transfers to one recipient",
        "narrative": "Eleven senders, even amounts, at night. All of it is invented.",
        "period_from": "2026-09-01",
        "period_to": "2026-10-01",
        "country": "NL",
        "red_flags": ["1"],
    },
    "identifiers": [{"value": IBAN, "type": "", "role": "recipient"}],
    "payments": [
        {
            "sender": "",
            "recipient": "0",
            "method": "bank_transfer",
            "amount": "35.00",
            "currency": "EUR",
            "paid_on": "2026-09-03",
        }
    ],
    "handling": {
        "tlp": "TLP:AMBER",
        "source_grade": "A",
        "information_grade": "2",
        "handling_codes": [],
        "handling_note": "",
        "contains_str": "no",
        "str_reference": "",
    },
}


def draft_of(reporter: User, *, attachment: bool = False, **parts: Any) -> Submission:
    """A draft that is filled in; `parts` replaces whole parts of the document."""
    draft = draft_create(actor=reporter)
    draft_save(draft=draft, parts={**DOCUMENT, **parts}, actor=reporter)
    if attachment:
        table = io.BytesIO(b"date;amount;currency\n2026-09-03;35.00;EUR\n")
        attachment_add(draft=draft, file=table, filename="payments.csv", actor=reporter)
    return draft


def submission_of(reporter: User, *, attachment: bool = False, **parts: Any) -> Submission:
    """A submission that was screened, normalised and correlated, and waits for triage."""
    draft = draft_of(reporter, attachment=attachment, **parts)
    whole = WholeDraft(draft.document, region=draft.provider_country)
    submission = submission_finish(draft=draft, finished=whole.finished(), actor=reporter)
    return _worked(submission)


def asked_of(reporter: User, officer: User) -> Submission:
    """A submission to whose reporter an officer has put a question."""
    submission = submission_of(reporter)
    submission_ask(submission=submission, body="Which branch was it?", actor=officer)
    return _worked(submission)


def case_of(officer: User, submission: Submission) -> Case:
    return submission_accept_into_new_case(submission=submission, title="Night transfers", actor=officer)


def referral_of(officer: User, case: Case, agency: Agency) -> Referral:
    """A draft of a referral of everything in a case."""
    text = ReferralText(
        title="Night transfers", summary="Invented.", request="Identify the recipient.", routing_reason="Country."
    )
    submissions = Submission.objects.filter(case_entry__case=case)
    return referral_draft(case=case, agency=agency, submissions=submissions, text=text, actor=officer)


def proposed(referral: Referral, officer: User) -> Referral:
    """The referral, waiting for somebody else's approval."""
    referral_propose(referral=referral, actor=officer)
    return _worked(referral)


def delivered(referral: Referral, officer: User, manager: User) -> Referral:
    """The referral, approved, packaged, and in the agency's inbox."""
    referral_approve(referral=proposed(referral, officer), actor=manager)
    return _worked(referral)


def _worked(obj: Stage) -> Stage:
    """The object as it stands when the workflow has done all its steps."""
    work_drain_for(30)
    return type(obj)._base_manager.get(pk=obj.pk)
