"""Files of rows on their way into a draft.

A file is kept sealed, as it came. Checking it goes in two stages that run beside each other: one *reads* the file and
cuts it into parts, each a sealed blob of some thousand rows; several *lanes* take parts, check their rows, and write
what is good as sightings of the draft, and what is broken as rows to mend. A part is written in one transaction
together with its counts: so it is whole or not begun, whatever is killed in between.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from efc_portal.intake.enums import IntakeStatus
from efc_portal.intake.querysets import CancelledIntakeQuerySet, IntakeQuerySet
from efc_portal.partners.models import Organisation
from efc_portal.submissions.models import FILE_POSITIONS, Submission

SPAN = 2_100_000  # positions that a file may use; a row's number in the file is its place among them
FILES_MAX = 50  # of one draft


class Intake(models.Model):
    """One file of rows for one draft. Its rows count for nothing before the draft is sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="intakes")
    number = models.PositiveSmallIntegerField()  # among the files of its draft, from 0
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(
        pgettext_lazy("of a file", "state"), max_length=20, choices=IntakeStatus, default=IntakeStatus.UPLOADED
    )
    status_at = models.DateTimeField(default=timezone.now)

    name_sealed = models.BinaryField()
    blob = models.CharField(max_length=100, blank=True)  # the file, sealed under the submission's data key
    size = models.PositiveBigIntegerField()  # bytes, as kept
    sha256 = models.CharField(max_length=64)  # of what is kept
    truncated = models.PositiveIntegerField(default=0)  # card numbers cut before it was stored
    dialect = models.JSONField(default=dict)  # what the file was found to be, see `reading`
    columns = models.JSONField(default=dict)  # which column means what, see `rows`
    formats = models.JSONField(default=dict)  # how dates and amounts are written, as stated

    began_at = models.DateTimeField(null=True)  # checking
    read_rows = models.PositiveIntegerField(default=0)  # rows that were cut into parts: where reading goes on
    read_slices = models.PositiveSmallIntegerField(default=0)
    read_through = models.BooleanField(default=False)
    problem = models.TextField(blank=True)  # why it could not be read, for whoever sent it
    summary = models.JSONField(default=dict)  # of all parts, written when the last is checked

    objects = IntakeQuerySet.as_manager()

    STATUS_KINDS = {
        IntakeStatus.UPLOADED: "wait",
        IntakeStatus.DESCRIBED: "wait",
        IntakeStatus.PAUSED: "wait",
        IntakeStatus.CHECKED: "wait",
        IntakeStatus.CONFIRMED: "good",
        IntakeStatus.CANCELLED: "quiet",
        IntakeStatus.FAILED: "danger",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="intake_intake_once"),
            models.CheckConstraint(name="intake_intake_status", condition=models.Q(status__in=IntakeStatus.values)),
        ]
        indexes = [models.Index(fields=["status", "status_at"])]

    def __str__(self) -> str:
        return f"import {self.id}"

    @property
    def context(self) -> str:
        """What the file is sealed for."""
        return f"intake:{self.id}"

    @property
    def name(self) -> str:
        """The file's name. Reads the data key through `submission`: select it along in lists."""
        return self.submission.data_key.unseal_text(self.name_sealed, f"{self.context}:name")

    @property
    def first_position(self) -> int:
        """The position in the submission of the file's row 0."""
        return FILE_POSITIONS + self.number * SPAN

    @property
    def last_position(self) -> int:
        """The last position that a row of the file may have."""
        return self.first_position + SPAN - 1

    @property
    def is_running(self) -> bool:
        return self.status == IntakeStatus.CHECKING


class CancelledIntake(models.Model):
    """That a file was given up, and when: its address says so, for a while. It holds nothing of the file."""

    id = models.UUIDField(primary_key=True, editable=False)  # the file's
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    cancelled_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = CancelledIntakeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"cancelled import {self.id}"


class IntakePart(models.Model):
    """Some thousand rows of a file: waiting as a sealed blob, or written, with what was found in them."""

    id = models.BigAutoField(primary_key=True)
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    blob = models.CharField(max_length=100, blank=True)  # empty once it is written
    done_at = models.DateTimeField(null=True)
    good = models.PositiveIntegerField(default=0)
    broken = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)  # of the broken ones, those that can be mended here
    related_at = models.DateTimeField(null=True)  # after the sending: what its values name is written
    summary = models.JSONField(default=dict)  # see `counts`

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["intake", "number"], name="intake_intakepart_once")]
        indexes = [
            models.Index(fields=["intake", "number"], name="intake_part_waiting", condition=models.Q(done_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.intake_id}/{self.number}"

    @property
    def context(self) -> str:
        return f"intake:{self.intake_id}:part:{self.number}"


class IntakeLane(models.Model):
    """One of the places at which parts of a file are written at the same time: the subject of a step."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="lanes")

    def __str__(self) -> str:
        return f"lane of {self.intake_id}"


class BrokenRow(models.Model):
    """A row that was not taken: its cells to mend, and what is wrong with them, sealed together. Gone when it is sent.

    The document is {"cells": [...], "errors": [{"column", "masked", "rule", "sentence"}]}.
    """

    id = models.BigAutoField(primary_key=True)
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="broken_rows", db_index=False)
    number = models.PositiveIntegerField()  # in the file, as a person counts
    content = models.BinaryField()
    # The file in which it came again, mended or not; and whether it was taken there.
    again_in = models.ForeignKey(Intake, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    mended = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["intake", "number"], name="intake_brokenrow_once")]
        indexes = [
            models.Index(fields=["again_in"], name="intake_brokenrow_again", condition=models.Q(again_in__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.intake_id}/{self.number}"

    @staticmethod
    def context_of(intake_id: uuid.UUID, number: int) -> str:
        return f"intake:{intake_id}:row:{number}"

    def opened(self, intake: Intake) -> dict[str, Any]:
        """Its document; `intake` with its submission and data key."""
        key = intake.submission.data_key
        opened: dict[str, Any] = key.unseal_json(self.content, self.context_of(self.intake_id, self.number))
        return opened


class ColumnMemory(models.Model):
    """How an organisation described a file with such column names the last time. Holds no value of any row."""

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)  # of the column names
    columns = models.JSONField()
    formats = models.JSONField()
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "fingerprint"], name="intake_columnmemory_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id}/{self.fingerprint[:8]}"
