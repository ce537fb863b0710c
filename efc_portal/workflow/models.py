"""The outbox: what still has to be done, committed together with the change that asks for it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class WorkItem(models.Model):
    """One step to be done for one object, exactly once.

    A worker first commits that it begins (`attempts` rises, `due_at` is put off, as if the step had failed), then runs
    the step in one transaction with the row locked, whose last statement sets `done_at`. A killed worker thus leaves
    a row that comes due again by itself, later each time. After too many attempts, however they ended, `failed_at` is
    set and the step waits for a person.

    There is one open row for a kind and subject; a second `turn` exists only when a step was asked for again while
    it was running.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    turn = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)  # the error's class, never its content
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "turn"],
                condition=models.Q(done_at=None),
                name="workflow_workitem_open_once",
            ),
            models.CheckConstraint(
                name="workflow_workitem_done_or_failed",
                condition=models.Q(done_at=None) | models.Q(failed_at=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="workflow_workitem_waiting",
                condition=models.Q(done_at=None, failed_at=None),
            ),
            models.Index(
                fields=["failed_at"], name="workflow_workitem_aside", condition=models.Q(failed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
