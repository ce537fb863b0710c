"""Cases: submissions that belong together, what ties them, and what officers noted."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from efc_portal.cases.enums import CaseStatus
from efc_portal.cases.querysets import CaseQuerySet, MatchQuerySet
from efc_portal.core.models import DataKey
from efc_portal.indicators.models import Identifier
from efc_portal.submissions.models import Submission


class Case(models.Model):
    """An investigation file of the secretariat. Its title and notes are sealed under its own data key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # C-2026-000045
    status = models.CharField(max_length=20, choices=CaseStatus, default=CaseStatus.OPEN)
    status_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(default=timezone.now)
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT, related_name="+")
    title_sealed = models.BinaryField()

    objects = CaseQuerySet.as_manager()

    STATUS_KINDS = {CaseStatus.CLOSED: "quiet"}

    class Meta:
        constraints = [
            models.CheckConstraint(name="cases_case_status", condition=models.Q(status__in=CaseStatus.values)),
        ]
        indexes = [models.Index(fields=["status", "-opened_at"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def title(self) -> str:
        return self.data_key.unseal_text(self.title_sealed, f"case:{self.id}:title")


class CaseSubmission(models.Model):
    """A submission's place in a case. A submission is in one case at most."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="case_entry")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["added_at"]

    def __str__(self) -> str:
        return f"{self.submission_id} in {self.case_id}"


class CaseNote(models.Model):
    """What an officer noted on a case. Notes are added, never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body_sealed = models.BinaryField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-written_at", "id"]

    def __str__(self) -> str:
        return f"note {self.id}"

    @property
    def body(self) -> str:
        return self.case.data_key.unseal_text(self.body_sealed, f"case-note:{self.id}")


class Match(models.Model):
    """Two submissions that report the same identifier. Written by correlation, below the cap for common values."""

    id = models.BigAutoField(primary_key=True)
    earlier = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="matches_later")
    later = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="matches_earlier")
    identifier = models.ForeignKey(Identifier, on_delete=models.PROTECT, related_name="matches")
    found_at = models.DateTimeField(default=timezone.now)

    objects = MatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["later", "earlier", "identifier"], name="cases_match_once"),
            models.CheckConstraint(name="cases_match_two_submissions", condition=~models.Q(earlier=models.F("later"))),
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id} = {self.later_id} by {self.identifier_id}"


class Consultation(models.Model):
    """A person's stated reason to open a case, valid for a working day."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consultations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    justification = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["case", "person", "-at"])]

    def __str__(self) -> str:
        return f"{self.person_id} opens {self.case_id}"
