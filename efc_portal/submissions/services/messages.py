"""The thread between an officer and the submitting organisation."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.notifications import services as notifications
from efc_portal.partners.selectors import people_who_may
from efc_portal.submissions.documents import without_pans
from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.models import Message, Submission
from efc_portal.submissions.transitions import SUBMISSION

MESSAGE_MAX = 5000


def message_add(*, submission: Submission, body: str, actor: User, from_secretariat: bool) -> Message:
    body = without_pans(body.strip())[0]
    if not body:
        raise ApplicationError(_("Write a message first."))
    if len(body) > MESSAGE_MAX:
        raise ApplicationError(_("A message holds at most %(most)s characters; shorten yours."), most=MESSAGE_MAX)
    message = Message(submission=submission, author=actor, from_secretariat=from_secretariat)
    message.body_sealed = submission.data_key.seal_text(body, f"message:{message.id}")
    message.save(force_insert=True)
    return message


@transaction.atomic
def submission_ask(*, submission: Submission, body: str, actor: User) -> Message:
    """Ask the submitting organisation for more. The submission waits until it answers.

    Raises `ApplicationError` while nobody of it can.
    """
    if not submission.organisation.is_active:
        raise ApplicationError(
            _("%(organisation)s is suspended or has left, so nobody can answer. Decide with what is there."),
            organisation=submission.organisation,
        )
    SUBMISSION.move(submission, "ask", actor=actor)
    message = message_add(submission=submission, body=body, actor=actor, from_secretariat=True)
    notifications.mail_more_asked(
        people_who_may(Permission.SUBMISSION_CREATE, organisation_id=submission.organisation_id),
        reference=str(submission),
        path=reverse("submissions:detail", args=[submission.pk]),
    )
    return message


@transaction.atomic
def submission_answer(*, submission: Submission, body: str, actor: User) -> Message:
    """Write to the secretariat. An answer to a question puts the submission back into the queue."""
    if submission.status == SubmissionStatus.ASKED:
        SUBMISSION.move(submission, "answer", actor=actor, category=Category.COLLECTION)
    else:
        audit_record(action="submission.message", category=Category.COLLECTION, actor=actor, obj=submission)
    message = message_add(submission=submission, body=body, actor=actor, from_secretariat=False)
    notifications.mail_answer_received(
        people_who_may(Permission.SUBMISSION_TRIAGE),
        reference=str(submission),
        path=reverse("cases:triage_detail", args=[submission.pk]),
    )
    return message
