"""The outbox: what still has to be done, committed together with the change that asks for it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class WorkItem(models.Model):
    """One step to be done for one object, exactly once.

    A step runs in one transaction with the row locked: its effects and `done_at` commit together, so a killed worker
    leaves the row as it was. `attempts` counts runs that ended in an error; `wakes` counts how often the sweep had to
    send for it, which bounds a step that kills its worker. After too many of either, `failed_at` is set and the step
    waits for a person.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    wakes = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)  # the error's class, never its content
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
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
            models.Index(fields=["subject_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
