"""Taking a value back: from then on it ties nothing together, is handed to nobody, and who has it is told."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import Conflict, NotPermitted
from efc_portal.core.permissions import Permission
from efc_portal.indicators.models import Identifier
from efc_portal.partners.permissions import access_of
from efc_portal.submissions.enums import SubmissionStatus, WithdrawalReason
from efc_portal.submissions.models import Relation, Sighting, Submission, Withdrawal
from efc_portal.workflow.services import work_enqueue

COMPARED = (SubmissionStatus.TRIAGE, SubmissionStatus.ASKED, SubmissionStatus.ACCEPTED, SubmissionStatus.DECLINED)


def may_withdraw(actor: object, submission: Submission) -> bool:
    """Whether a person who sees a submission may take one of its values back now."""
    access = access_of(actor)
    may = access.may(Permission.SUBMISSION_CREATE) or access.may(Permission.SUBMISSION_TRIAGE)
    return may and submission.status in COMPARED


@transaction.atomic
def value_withdraw(
    *, submission: Submission, identifier: Identifier, reason: WithdrawalReason, actor: User
) -> Withdrawal:
    """Take a value of a finished submission back, for good, wherever it stands in it.

    The submitting organisation may, and an officer. What was made of it (matches) goes, and whoever received it is
    told, by the step `submission.value_withdrawn`.
    """
    access = access_of(actor)
    may = access.may(Permission.SUBMISSION_CREATE) or access.may(Permission.SUBMISSION_TRIAGE)
    if not may or not Submission.objects.visible_to(actor).filter(pk=submission.pk).exists():
        raise NotPermitted(_("Your role does not include taking values back. A reporter or an officer can do it."))
    current = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if current.status not in COMPARED:
        raise Conflict(_("This submission is still being worked on. Try again in a minute."))
    sightings = Sighting.objects.filter(submission=submission, identifier=identifier, withdrawn_at=None)
    withdrawal = Withdrawal(submission=submission, identifier=identifier, reason=reason, withdrawn_by=actor)
    if not sightings.update(withdrawn_at=withdrawal.withdrawn_at):
        raise Conflict(_("This value was taken back already."))
    withdrawal.save(force_insert=True)
    for side in ("source", "target"):
        Relation.objects.filter(submission=submission, **{side: identifier}).delete()
    audit_record(
        action="submission.withdraw_value",
        category=Category.ALTERATION,
        actor=actor,
        obj=submission,
        kind=identifier.type,
        reason_code=str(reason),
    )
    work_enqueue("submission.value_withdrawn", withdrawal.pk)
    return withdrawal
