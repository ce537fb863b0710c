"""Drafts and answers that are waited for, when their reporter leaves."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_event, audit_record_many
from efc_portal.core.permissions import Permission
from efc_portal.partners.models import Organisation
from efc_portal.partners.people.handover import handed_over
from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.models import Submission


def _open(user: User, organisation: Organisation) -> QuerySet[Submission]:
    return Submission.objects.filter(
        reporter=user,
        organisation=organisation,
        status__in=[SubmissionStatus.DRAFT, SubmissionStatus.ASKED],
        discarded_at=None,
    )


def count(user: User, organisation: Organisation) -> int:
    return _open(user, organisation).count()


def move(actor: Actor | None, user: User, organisation: Organisation, successor: User) -> None:
    """Who sent a submission stays in the record; who is asked about it from now on is the successor."""
    held = list(_open(user, organisation).select_for_update(of=("self",)).order_by("pk"))
    if not held:
        return
    Submission.objects.filter(pk__in=[one.pk for one in held]).update(reporter=successor)
    audit_record_many(
        [
            audit_event(
                action="submission.hand_over",
                category=Category.ALTERATION,
                actor=actor,
                obj=one,
                ids=[str(user.pk), str(successor.pk)],
            )
            for one in held
        ]
    )


handed_over(
    label=_("Drafts, and submissions the secretariat has a question about"),
    permission=Permission.SUBMISSION_CREATE,
    count=count,
    move=move,
)
