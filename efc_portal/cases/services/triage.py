"""What an officer decides on a submission."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.cases.enums import CaseStatus
from efc_portal.cases.models import Case, CaseSubmission
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.permissions import Permission
from efc_portal.core.services import data_key_create, reference_next
from efc_portal.notifications import services as notifications
from efc_portal.partners.selectors import people_who_may
from efc_portal.submissions.enums import DeclineReason
from efc_portal.submissions.models import Submission
from efc_portal.submissions.services.messages import message_add
from efc_portal.submissions.transitions import SUBMISSION

TITLE_MAX = 120


@transaction.atomic
def submission_accept(*, submission: Submission, case: Case, actor: User) -> None:
    """Put a submission into an open case."""
    if not Case.objects.select_for_update().filter(pk=case.pk, status=CaseStatus.OPEN).exists():
        raise Conflict(_("This case was closed meanwhile. Reopen it, or choose another one."))
    SUBMISSION.move(submission, "accept", actor=actor, reference=case.reference)
    CaseSubmission.objects.create(case=case, submission=submission, added_by=actor)
    audit_record(
        action="case.combine",
        category=Category.COMBINATION,
        actor=actor,
        obj=case,
        references=[submission.reference],
    )


@transaction.atomic
def submission_accept_into_new_case(*, submission: Submission, title: str, actor: User) -> Case:
    """Open a case led by the officer, with this submission in it."""
    title = title.strip()
    if not title:
        raise ApplicationError(_("Give the case a title that colleagues will recognise."))
    if len(title) > TITLE_MAX:
        raise ApplicationError(_("A case’s title holds at most %(most)s characters."), most=TITLE_MAX)
    case = Case(lead=actor, data_key=data_key_create(purpose="case"))
    case.title_sealed = case.data_key.seal_text(title, f"case:{case.id}:title")
    case.reference = reference_next("C")
    case.save(force_insert=True)
    audit_record(action="case.open", category=Category.COLLECTION, actor=actor, obj=case)
    submission_accept(submission=submission, case=case, actor=actor)
    return case


@transaction.atomic
def submission_decline(*, submission: Submission, reason: str, explanation: str, actor: User) -> None:
    """Decline a submission with a reason and a sentence that its reporter reads."""
    if reason not in DeclineReason.values:
        raise ApplicationError(_("Choose the reason from the list."))
    SUBMISSION.move(submission, "decline", actor=actor, changes={"decline_reason": reason}, reason_code=reason)
    message_add(submission=submission, body=explanation, actor=actor, from_secretariat=True)
    notifications.mail_submission_decided(
        people_who_may(Permission.SUBMISSION_CREATE, organisation_id=submission.organisation_id),
        reference=str(submission),
        path=reverse("submissions:detail", args=[submission.pk]),
    )
