"""What partners send in.

What a submission says (title, narrative, identifiers as typed, notes on handling) is one sealed JSON document,
`content` (its form: `documents.py`). Beside it stand only columns that the queue sorts by and that say nothing about
a person. The Celery workflow turns the document into `Sighting` and `Payment` rows.
"""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from efc_portal.core.content.kinds import AttachmentKind
from efc_portal.core.models import DataKey
from efc_portal.indicators.models import Identifier
from efc_portal.partners.models import Organisation
from efc_portal.submissions.enums import (
    AttachmentStatus,
    DeclineReason,
    HandlingCode,
    InformationGrade,
    Method,
    RelationKind,
    SightingRole,
    SightingSource,
    SourceGrade,
    SubmissionStatus,
    Tlp,
    WithdrawalReason,
)
from efc_portal.submissions.querysets import SubmissionQuerySet

FILE_POSITIONS = 1000  # from here on stand rows of files; before them, what was typed and what the text says


class Submission(models.Model):
    """One piece of financial intelligence from one organisation. Immutable once it leaves `draft`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True, null=True)  # S-2026-000123, given on finish
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="submissions")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    provider_country = models.CharField(max_length=2)  # the organisation's country when it was begun
    status = models.CharField(max_length=20, choices=SubmissionStatus, default=SubmissionStatus.DRAFT)
    status_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)  # the draft's last save
    saves = models.PositiveIntegerField(default=0)  # how often the draft was saved: a form knows by it what it saw
    finished_at = models.DateTimeField(null=True)

    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()  # sealed JSON, see documents.py

    child_in_danger = models.BooleanField(default=False)
    contains_str = models.BooleanField(null=True)  # suspicious transaction report information; null while a draft
    tlp = models.CharField(max_length=20, choices=Tlp, blank=True)
    source_grade = models.CharField(max_length=1, choices=SourceGrade, blank=True)
    information_grade = models.CharField(max_length=1, choices=InformationGrade, blank=True)
    handling_codes = ArrayField(models.CharField(max_length=2, choices=HandlingCode), default=list)
    period_from = models.DateField(null=True)
    period_to = models.DateField(null=True)
    red_flags = ArrayField(models.PositiveSmallIntegerField(), default=list)
    red_flags_version = models.CharField(max_length=10, blank=True)
    methods = ArrayField(models.CharField(max_length=20, choices=Method), default=list)
    countries = ArrayField(models.CharField(max_length=2), default=list)  # where senders, recipients, accounts are
    decline_reason = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    file_rows = models.PositiveIntegerField(default=0)  # sightings that come from files, once these were checked
    file_summary = models.JSONField(default=dict)  # of them: {"types": {code: rows}, "sums": {currency: [rows, total]}}
    discarded_at = models.DateTimeField(null=True)  # a draft that was given up, while its rows are erased

    objects = SubmissionQuerySet.as_manager()

    STATUS_KINDS = {
        SubmissionStatus.DRAFT: "quiet",
        SubmissionStatus.ASKED: "wait",
        SubmissionStatus.ACCEPTED: "good",
        SubmissionStatus.DECLINED: "quiet",
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="submissions_discarded_is_draft",
                condition=models.Q(discarded_at=None) | models.Q(status=SubmissionStatus.DRAFT),
            ),
            models.CheckConstraint(
                name="submissions_submission_status", condition=models.Q(status__in=SubmissionStatus.values)
            ),
            models.CheckConstraint(
                name="submissions_finished_is_complete",
                condition=models.Q(status=SubmissionStatus.DRAFT, reference=None, finished_at=None)
                | models.Q(
                    ~models.Q(status=SubmissionStatus.DRAFT)
                    & ~models.Q(tlp="")
                    & ~models.Q(source_grade="")
                    & ~models.Q(information_grade=""),
                    reference__isnull=False,
                    finished_at__isnull=False,
                    contains_str__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="submissions_submission_period",
                condition=models.Q(period_to__gte=models.F("period_from"))
                | models.Q(period_to=None)
                | models.Q(period_from=None),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-created_at"]),
            models.Index(
                models.F("child_in_danger").desc(),
                models.F("status").desc(),
                "finished_at",
                "id",
                name="submissions_queue",
                condition=models.Q(status__in=["triage", "asked"]),
            ),
            models.Index(fields=["status", "status_at"]),
        ]

    def __str__(self) -> str:
        return self.reference or f"draft {self.id}"

    @property
    def content_context(self) -> str:
        return f"submission:{self.id}:content"

    @cached_property
    def document(self) -> dict[str, Any]:
        """The opened content. Raises `Erased` when its data key was destroyed."""
        return self.data_key.unseal_json(self.content, self.content_context)

    @property
    def title(self) -> str:
        return self.document.get("what", {}).get("title", "")

    @property
    def is_draft(self) -> bool:
        return self.status == SubmissionStatus.DRAFT

    @property
    def grade(self) -> str:
        return f"{self.source_grade}{self.information_grade}"


class Sighting(models.Model):
    """An identifier, as it stands at one place of a submission: in the form, in the text, or in a row of a file.

    Amount, currency, day and method are what a row of a file says of it; in the form, payments say that.
    """

    id = models.BigAutoField(primary_key=True)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="sightings", db_index=False)
    identifier = models.ForeignKey(Identifier, on_delete=models.PROTECT, related_name="sightings", db_index=False)
    position = models.PositiveIntegerField()
    role = models.CharField(max_length=20, choices=SightingRole)
    source = models.CharField(max_length=20, choices=SightingSource, default=SightingSource.REPORTED)
    country = models.CharField(max_length=2, blank=True)
    amount = models.DecimalField(max_digits=30, decimal_places=18, null=True)
    currency = models.CharField(max_length=10, blank=True)  # ISO 4217, or a virtual currency's ticker
    seen_on = models.DateField(null=True)
    method = models.CharField(max_length=20, choices=Method, blank=True)
    withdrawn_at = models.DateTimeField(null=True)  # since then it ties nothing together and is handed to nobody

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "position"], name="submissions_sighting_once"),
            models.CheckConstraint(name="submissions_sighting_role", condition=models.Q(role__in=SightingRole.values)),
            models.CheckConstraint(
                name="submissions_sighting_source", condition=models.Q(source__in=SightingSource.values)
            ),
            models.CheckConstraint(
                name="submissions_sighting_amount",
                condition=models.Q(amount=None, currency="") | models.Q(~models.Q(currency=""), amount__gte=0),
            ),
        ]
        indexes = [models.Index(fields=["identifier", "submission"])]

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.position}"


class Relation(models.Model):
    """Two identifiers that belong together, as a submission says or as a value itself does.

    Only two ways lead here: the reporter put both into one group, or the first names the second (a page its domain).
    """

    id = models.BigAutoField(primary_key=True)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="relations", db_index=False)
    kind = models.CharField(max_length=20, choices=RelationKind)
    source = models.ForeignKey(Identifier, on_delete=models.PROTECT, related_name="relations_from", db_index=False)
    target = models.ForeignKey(Identifier, on_delete=models.PROTECT, related_name="relations_to", db_index=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "source", "target", "kind"], name="submissions_relation_once"
            ),
            models.CheckConstraint(name="submissions_relation_kind", condition=models.Q(kind__in=RelationKind.values)),
            models.CheckConstraint(name="submissions_relation_of_two", condition=~models.Q(source=models.F("target"))),
        ]
        indexes = [models.Index(fields=["source", "target"]), models.Index(fields=["target", "submission"])]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class Withdrawal(models.Model):
    """A value that its submission no longer stands for. It is final: who means it after all reports it anew."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="withdrawals")
    identifier = models.ForeignKey(Identifier, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=WithdrawalReason)
    withdrawn_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["withdrawn_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "identifier"], name="submissions_withdrawal_once"),
            models.CheckConstraint(
                name="submissions_withdrawal_reason", condition=models.Q(reason__in=WithdrawalReason.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.identifier_id} taken back from {self.submission_id}"


class Payment(models.Model):
    """Money that moved, as reported. A side that is not known is null."""

    id = models.BigAutoField(primary_key=True)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="payments")
    position = models.PositiveSmallIntegerField()
    sender = models.ForeignKey(Sighting, null=True, on_delete=models.PROTECT, related_name="payments_sent")
    recipient = models.ForeignKey(Sighting, null=True, on_delete=models.PROTECT, related_name="payments_received")
    method = models.CharField(max_length=20, choices=Method)
    amount = models.DecimalField(max_digits=30, decimal_places=18)
    currency = models.CharField(max_length=10)  # ISO 4217, or a virtual currency's ticker
    paid_on = models.DateField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "position"], name="submissions_payment_once"),
            models.CheckConstraint(name="submissions_payment_amount", condition=models.Q(amount__gte=0)),
            models.CheckConstraint(name="submissions_payment_method", condition=models.Q(method__in=Method.values)),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.position}"


class Attachment(models.Model):
    """A file that came with a submission: checked by content, encrypted, scanned. Its name is sealed too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="attachments")
    name_sealed = models.BinaryField()
    kind = models.CharField(max_length=10, choices=AttachmentKind)
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    blob = models.CharField(max_length=100)
    truncated = models.PositiveIntegerField(default=0)  # card numbers cut before it was stored
    status = models.CharField(max_length=20, choices=AttachmentStatus, default=AttachmentStatus.STORED)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def context(self) -> str:
        return f"attachment:{self.id}"

    @property
    def may_be_opened(self) -> bool:
        """Only what was scanned and found clean; without a scanner (never in production) also what was not."""
        if self.status == AttachmentStatus.UNSCANNED:
            return not settings.UNSCANNED_LOCKED
        return self.status == AttachmentStatus.CLEAN

    @property
    def name(self) -> str:
        """The file's name. Reads the data key through `submission`: select it along in lists."""
        return self.submission.data_key.unseal_text(self.name_sealed, f"{self.context}:name")


class Message(models.Model):
    """One message between the secretariat and the submitting organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_secretariat = models.BooleanField()
    body_sealed = models.BinaryField()
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["sent_at", "id"]

    def __str__(self) -> str:
        return f"message {self.id}"

    @property
    def body(self) -> str:
        return self.submission.data_key.unseal_text(self.body_sealed, f"message:{self.id}")
