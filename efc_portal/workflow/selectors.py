"""Reads of the outbox: what work stands where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from efc_portal.workflow.models import WorkItem

# A row is `due` when a worker may take it now, `later` when it was begun, failed or delayed and its time is to come,
# `aside` when it waits for a person. The newest error of a step is also kept of what was set aside.
_COUNTS = """
    SELECT kind,
           count(*) FILTER (WHERE done_at IS NULL AND failed_at IS NULL AND due_at <= now()),
           count(*) FILTER (WHERE done_at IS NULL AND failed_at IS NULL AND due_at > now()),
           count(*) FILTER (WHERE failed_at IS NOT NULL),
           count(*) FILTER (WHERE done_at IS NOT NULL),
           min(created_at) FILTER (WHERE done_at IS NULL),
           max(done_at),
           coalesce(
               (array_agg(error ORDER BY coalesce(failed_at, due_at) DESC, id DESC) FILTER (WHERE error <> ''))[1], ''
           )
    FROM workflow_workitem GROUP BY kind ORDER BY kind
"""


@dataclass(frozen=True)
class StepCounts:
    """How much work of one step stands where. `done` goes back thirty days: older rows are forgotten."""

    kind: str
    due: int
    later: int
    aside: int
    done: int
    oldest_open: datetime | None  # when it was asked for
    last_done: datetime | None
    last_error: str  # the error's class; empty when nothing that is open failed


def work_counts() -> list[StepCounts]:
    """Every step that was ever asked for, by name: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        return [StepCounts(*row) for row in cursor.fetchall()]


def work_set_aside() -> QuerySet[WorkItem]:
    """What waits for a person, the longest first."""
    return WorkItem.objects.exclude(failed_at=None).order_by("failed_at", "pk")
