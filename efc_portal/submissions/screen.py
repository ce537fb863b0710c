"""Screening: every attachment is scanned for malware before anybody can open it."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

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
SCAN_AGAIN_AFTER = timedelta(minutes=5)


class ScannerAway(Exception):
    """The scanner gave no verdict on a file: the step is put off, and waits for a person in the end."""


def submission_screen(*, submission: Submission) -> None:
    """Scan what is not scanned yet and go on: no submission waits for the scanner.

    What it gives no verdict on stays locked (in production) and is scanned again until it does.
    """
    if submission.status != SubmissionStatus.RECEIVED:
        return
    for attachment in submission.attachments.filter(status=AttachmentStatus.STORED):
        attachment_scan(attachment=attachment, submission=submission)
    SUBMISSION.move(submission, "screen", actor=None)
    work_enqueue("submission.normalise", submission.pk)
    if settings.CLAMD_ADDRESS and _unscanned(submission).exists():
        work_enqueue("submission.scan_again", submission.pk, delay=SCAN_AGAIN_AFTER)


def submission_scan_again(*, submission: Submission) -> None:
    """Scan the files that the scanner gave no verdict on. Raises `ScannerAway` while it gives none."""
    for attachment in _unscanned(submission):
        if attachment_scan(attachment=attachment, submission=submission) == AttachmentStatus.UNSCANNED:
            raise ScannerAway(f"no verdict on attachment {attachment.pk}")


def _unscanned(submission: Submission) -> QuerySet[Attachment]:
    return submission.attachments.filter(status=AttachmentStatus.UNSCANNED)


def attachment_scan(*, attachment: Attachment, submission: Submission) -> AttachmentStatus:
    """Scan one file, record the verdict and return it. Malware is erased at once; its row and hash stay."""
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
    return status
