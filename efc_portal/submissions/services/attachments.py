"""Files that come with a submission: inspected at the door, stored encrypted, handed out only when scanned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.blobs import blob_delete, blob_read, blob_write
from efc_portal.core.content import clean, inspect
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.models import Attachment, Submission

ATTACHMENTS_MAX = 10


def attachment_add(*, draft: Submission, file: BinaryIO, filename: str, actor: User) -> Attachment:
    """Inspect a file by its content and store it encrypted.

    Raises `RefusedContent` with a sentence for whatever the portal does not take. Card numbers in text files are
    truncated on the way to the disk; `sha256` and `size` are those of what is stored.
    """
    _room_check(draft)
    inspection = inspect(file, filename=filename, limit=settings.ATTACHMENT_MAX_BYTES)
    attachment = Attachment(submission=draft, kind=inspection.kind, added_by=actor, truncated=inspection.pans)
    blob = blob_write(clean(file, inspection), data_key=draft.data_key, context=attachment.context)
    attachment.blob, attachment.size, attachment.sha256 = blob.name, blob.size, blob.sha256
    attachment.name_sealed = draft.data_key.seal_text(inspection.filename, f"{attachment.context}:name")
    try:
        with transaction.atomic():
            drafts = Submission.objects.select_for_update().filter(status=SubmissionStatus.DRAFT, discarded_at=None)
            if not drafts.filter(pk=draft.pk).exists():
                raise Conflict(_("This submission was already sent and cannot be changed any more."))
            _room_check(draft)  # again, now that no other file comes in meanwhile
            attachment.save(force_insert=True)
            audit_record(
                action="attachment.add",
                category=Category.COLLECTION,
                actor=actor,
                obj=draft,
                kind=attachment.kind,
                size=blob.size,
                sha256=blob.sha256,
                truncated=inspection.pans,
            )
    except BaseException:
        blob_delete(blob.name)
        raise
    return attachment


def _room_check(draft: Submission) -> None:
    if draft.attachments.count() >= ATTACHMENTS_MAX:
        raise ApplicationError(
            _("A submission holds at most %(most)s files. Remove one, or put tables together."), most=ATTACHMENTS_MAX
        )


@transaction.atomic
def attachment_remove(*, attachment: Attachment, actor: User) -> None:
    """Take a file out of a draft again and erase it."""
    draft = Submission.objects.select_for_update().get(pk=attachment.submission_id)
    if draft.status != SubmissionStatus.DRAFT:
        raise Conflict(_("This submission was already sent; its files can no longer be removed."))
    audit_record(
        action="attachment.remove", category=Category.ERASURE, actor=actor, obj=draft, sha256=attachment.sha256
    )
    name = attachment.blob
    attachment.delete()
    transaction.on_commit(lambda: blob_delete(name))


def attachment_open(*, attachment: Attachment, actor: User, justification: str = "") -> Iterator[bytes]:
    """The plaintext of a file, chunk by chunk, with the hand-over recorded first."""
    if not attachment.may_be_opened:
        raise ApplicationError(
            _("This file stays locked until it was scanned for malware and nothing was found. Try again later.")
        )
    audit_record(
        action="attachment.open",
        category=Category.DISCLOSURE,
        actor=actor,
        obj=attachment.submission,
        justification=justification,
        sha256=attachment.sha256,
    )
    return blob_read(attachment.blob, data_key=attachment.submission.data_key, context=attachment.context)
