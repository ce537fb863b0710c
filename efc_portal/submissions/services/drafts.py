"""Drafts: begun, saved as often as one likes, discarded or finished."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.models import AuditEvent
from efc_portal.audit.services import audit_event, audit_record_many
from efc_portal.core.blobs import blob_delete
from efc_portal.core.errors import Conflict, NotPermitted
from efc_portal.core.models import DataKey
from efc_portal.core.permissions import Permission
from efc_portal.core.services import data_key_create
from efc_portal.partners.permissions import access_of
from efc_portal.submissions.documents import Document, empty_document, without_pans
from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.file_rows import files_discard
from efc_portal.submissions.models import Attachment, Submission
from efc_portal.workflow.services import work_enqueue
from efc_portal.workflow.transitions import Person

PURPOSE = "submission"  # of a data key


class DraftChanged(Conflict):
    """Somebody saved the draft after the person's page was loaded."""


def draft_create(*, actor: User, pk: UUID | None = None, data_key: DataKey | None = None) -> Submission:
    """Begin a draft for the actor's organisation, with a data key of its own.

    `pk` is the id it is to have. Begun again with the same, the first is given back as it stands. `data_key` is a new
    one that is not saved yet, under which something was sealed for the draft already.
    """
    try:
        with transaction.atomic():
            draft = submission_new(actor=actor, pk=pk, data_key=data_key)
            draft.document = empty_document()
            draft.content = draft.data_key.seal_json(draft.document, draft.content_context)
            draft.save(force_insert=True)
            audit_record_many([begun(draft, actor)])
            return draft
    except IntegrityError:
        found = Submission.objects.filter(pk=pk, reporter=actor).first() if pk else None
        if found is None:
            raise
        return found


def submission_new(*, actor: User, pk: UUID | None = None, data_key: DataKey | None = None) -> Submission:
    """A submission of the actor's organisation that is not saved yet, with a data key of its own that is."""
    access = access_of(actor)
    if access.organisation is None or not access.may(Permission.SUBMISSION_CREATE):
        raise NotPermitted(_("Your role does not include submitting. Ask your coordinator for the role of reporter."))
    if data_key is None:
        data_key = data_key_create(purpose=PURPOSE)
    else:
        data_key.save(force_insert=True)
    return Submission(
        pk=pk or uuid4(),
        organisation=access.organisation,
        reporter=actor,
        provider_country=access.organisation.country,
        data_key=data_key,
    )


def begun(draft: Submission, actor: User) -> AuditEvent:
    """The event that a submission was begun."""
    return audit_event(action="submission.begin", category=Category.COLLECTION, actor=actor, obj=draft)


def draft_save(
    *, draft: Submission, parts: dict[str, Any], actor: User, seen: int | None = None, own: bool = False
) -> int:
    """Save parts of the document as typed; returns how many card numbers were truncated on the way.

    `seen` is the number of saves the person's page knew of. When the draft was saved since, nothing is written and
    `DraftChanged` is raised, unless `own` says that the person has seen that and wants it so.
    """
    parts, truncated = without_pans(parts)
    with transaction.atomic():
        locked = Submission.objects.select_for_update(of=("self",)).select_related("data_key")
        current = _still_draft(locked.filter(pk=draft.pk).first())
        if seen is not None and seen != current.saves and not own:
            raise DraftChanged(
                _(
                    "Somebody else saved this draft while you were writing. Your text is still here: "
                    "save again to keep yours in this step, or open the draft anew to see theirs."
                )
            )
        document: Document = {**current.document, **parts}
        now = timezone.now()
        changes = {
            "content": current.data_key.seal_json(document, current.content_context),
            "saves": current.saves + 1,
            "saved_at": now,
        }
        Submission.objects.filter(pk=draft.pk).update(**changes)
    for column, value in changes.items():
        setattr(draft, column, value)
    draft.document = document
    return truncated


@transaction.atomic
def draft_discard(*, draft: Submission, actor: User) -> None:
    """Erase a draft: its row, its files, and the key they were sealed under."""
    current = _still_draft(Submission.objects.select_for_update(of=("self",), no_key=True).filter(pk=draft.pk).first())
    drafts_erase([current], actor)


def _still_draft(current: Submission | None) -> Submission:
    """A locked submission, if it is a draft yet; else raises `Conflict`."""
    if current is None or current.discarded_at:
        raise Conflict(_("This draft was discarded meanwhile, by you in another window or by a colleague."))
    if current.status != SubmissionStatus.DRAFT:
        raise Conflict(_("This submission was already sent and cannot be changed any more."))
    return current


def draft_discard_untouched(*, pk: UUID, actor: User) -> bool:
    """Erase a draft in which nobody ever wrote or attached anything, in the running transaction; whether it was so."""
    current = Submission.objects.select_for_update(of=("self",), no_key=True).filter(
        pk=pk, status=SubmissionStatus.DRAFT, saves=0
    ).first()  # fmt: skip
    if current is None or current.attachments.exists():
        return False
    drafts_erase([current], actor)
    return True


def drafts_erase(drafts: Sequence[Submission], actor: Person | None) -> None:
    """Erase drafts, whose rows are locked, in the running transaction.

    What they hold cannot be read any more at once. A draft with rows from files is out of everybody's sight; its rows
    are erased by the workflow.
    """
    drafts = [draft for draft in drafts if draft.discarded_at is None]
    if not drafts:
        return
    blobs = list(Attachment.objects.filter(submission__in=drafts).values_list("blob", flat=True))
    audit_record_many(
        [
            audit_event(action="submission.discard", category=Category.ERASURE, actor=actor, obj=draft)
            for draft in drafts
        ]
    )
    now = timezone.now()
    with_rows = [draft.pk for draft in drafts if files_discard(draft, actor)]
    Submission.objects.filter(pk__in=with_rows).update(discarded_at=now)
    for pk in with_rows:
        work_enqueue("submission.erase", pk)
    keys = [draft.data_key_id for draft in drafts]
    Submission.objects.filter(pk__in=[draft.pk for draft in drafts]).exclude(pk__in=with_rows).delete()
    DataKey.objects.filter(pk__in=keys, destroyed_at=None).update(wrapped=None, destroyed_at=now)
    for name in blobs:
        transaction.on_commit(partial(blob_delete, name))
