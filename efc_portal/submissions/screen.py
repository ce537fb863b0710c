"""Screening: every attachment is scanned for malware before anybody can open it."""

from __future__ import annotations

from django.db import transaction

from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.blobs import blob_delete, blob_read
from efc_portal.submissions.enums import AttachmentStatus, SubmissionStatus
from efc_portal.submissions.models import Attachment, Submission
from efc_portal.submissions.scanning import Verdict, scan_parts
from efc_portal.submissions.transitions import SUBMISSION
from efc_portal.workflow.services import work_enqueue

_STATUS = {
    Verdict.CLEAN: AttachmentStatus.CLEAN,
    Verdict.INFECTED: AttachmentStatus.INFECTED,
    Verdict.UNAVAILABLE: AttachmentStatus.UNSCANNED,
}


def submission_screen(*, submission: Submission) -> None:
    """Scan what is not scanned yet and go on. Without a scanner, files stay unscanned, and locked in production."""
    if submission.status != SubmissionStatus.RECEIVED:
        return
    for attachment in submission.attachments.filter(status=AttachmentStatus.STORED):
        attachment_scan(attachment=attachment, submission=submission)
    SUBMISSION.move(submission, "screen", actor=None)
    work_enqueue("submission.normalise", submission.pk)


def attachment_scan(*, attachment: Attachment, submission: Submission) -> None:
    """Scan one file and record the verdict. Malware is erased at once; its row and hash stay."""
    parts = blob_read(attachment.blob, data_key=submission.data_key, context=attachment.context)
    status = _STATUS[scan_parts(parts).verdict]
    attachment.status = status
    attachment.save(update_fields=["status"])
    audit_record(
        action=f"attachment.{status}",
        category=Category.ALTERATION if status == AttachmentStatus.INFECTED else Category.OPERATION,
        actor=None,
        obj=submission,
        sha256=attachment.sha256,
    )
    if status == AttachmentStatus.INFECTED:
        transaction.on_commit(lambda: blob_delete(attachment.blob))
