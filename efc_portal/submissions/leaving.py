"""What happens to a partner's submissions when it leaves the coalition."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_event, audit_record_many
from efc_portal.core.blobs import blob_delete
from efc_portal.core.models import DataKey
from efc_portal.partners.models import Organisation
from efc_portal.partners.standing.leaving import on_leaving
from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.models import Attachment, Submission
from efc_portal.submissions.transitions import SUBMISSION
from efc_portal.workflow.transitions import Person


@on_leaving(
    30,
    keeps=[
        _("Submissions that were sent, with their messages; questions that are open go to the secretariat’s care"),
        _("Cases and referrals that rest on them, as long as the law asks"),
    ],
    erases=[_("Drafts of submissions, with their files and keys")],
)
def submissions_settle(organisation: Organisation, actor: Person | None) -> None:
    """Erase drafts; take over what waits for an answer that nobody can give any more."""
    own = Submission.objects.select_for_update(of=("self",)).filter(organisation=organisation)
    _drafts_erase(list(own.filter(status=SubmissionStatus.DRAFT)), actor)
    for submission in own.filter(status=SubmissionStatus.ASKED):
        SUBMISSION.move(submission, "take_over", actor=None)


def _drafts_erase(drafts: list[Submission], actor: Person | None) -> None:
    if not drafts:
        return
    blobs = list(Attachment.objects.filter(submission__in=drafts).values_list("blob", flat=True))
    audit_record_many(
        [
            audit_event(action="submission.discard", category=Category.ERASURE, actor=actor, obj=draft)
            for draft in drafts
        ]
    )
    keys = [draft.data_key_id for draft in drafts]
    Submission.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
    DataKey.objects.filter(pk__in=keys, destroyed_at=None).update(wrapped=None, destroyed_at=timezone.now())
    for name in blobs:
        transaction.on_commit(partial(blob_delete, name))
