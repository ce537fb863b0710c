"""Doing the steps: what a worker that is awake does."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.registry import PATIENCE, is_known, step_of
from efc_portal.workflow.services import awake

logger = logging.getLogger(__name__)

LINGER = 3  # seconds: how long a due step may stand before the sweep sends for it
LONGEST_PAUSE = 600  # seconds between two attempts

# The claim is committed without waiting for the disk: were it lost, the step was not begun.
CLAIM = """
    UPDATE workflow_workitem
    SET attempts = attempts + 1,
        due_at = clock_timestamp() + make_interval(secs => least(2 ^ least(attempts + 1, 16), %s))
    WHERE id = (
        SELECT id FROM workflow_workitem
        WHERE done_at IS NULL AND failed_at IS NULL AND due_at <= now()
        ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id, kind, subject_id, attempts, set_config('synchronous_commit', 'off', true)
"""
BEGIN = """
    SELECT EXISTS (
        SELECT FROM workflow_workitem other
        WHERE other.kind = item.kind AND other.subject_id = item.subject_id
          AND other.done_at IS NULL AND other.id <> item.id
    )
    FROM workflow_workitem item
    WHERE id = %s AND attempts = %s AND done_at IS NULL AND failed_at IS NULL
    FOR UPDATE OF item
"""


@dataclass(frozen=True)
class Claim:
    """A step that this worker has begun; `attempt` tells it from every other beginning of the same step."""

    id: int
    kind: str
    subject_id: UUID
    attempt: int


def work_one() -> bool:
    """Claim the step that is due longest and do it; False when none is due or every due one is being done."""
    claim = _claim()
    if claim is None:
        return False
    patience = step_of(claim.kind).patience if is_known(claim.kind) else PATIENCE
    if claim.attempt > patience:  # the last attempts never came back to say that they failed
        _put_off(claim, "WorkerLost", aside=True)
        return True
    awake.doing, awake.own = (claim.kind, claim.subject_id), 1
    try:
        with transaction.atomic():
            _do(claim)
    except Exception as error:
        logger.error("step %s of %s failed, attempt %s", claim.kind, claim.subject_id, claim.attempt, exc_info=error)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        _put_off(claim, type(error).__name__, aside=claim.attempt >= patience)
    finally:
        awake.doing, awake.own = None, 0
    return True


def _claim() -> Claim | None:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [LONGEST_PAUSE])
        row = cursor.fetchone()
    return Claim(*row[:4]) if row else None


def _do(claim: Claim) -> None:
    """Run the step and mark it done, unless somebody else has begun it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(BEGIN, [claim.id, claim.attempt])
        row = cursor.fetchone()
        if row is None:
            return
        done = [claim.id]
        if row[0]:
            others = _hold_others(claim)
            if others is None:
                cursor.execute(
                    "UPDATE workflow_workitem SET attempts = attempts - 1, due_at = now() + interval '1 second' "
                    "WHERE id = %s",
                    [claim.id],
                )
                return
            done += others
        step_of(claim.kind).function(claim.subject_id)
        cursor.execute(
            "UPDATE workflow_workitem SET done_at = clock_timestamp(), failed_at = NULL, error = '' WHERE id = ANY(%s)",
            [done],
        )


def _hold_others(claim: Claim) -> list[int] | None:
    """The other open rows of the same step, locked: this run does them too. None while one of them is running."""
    others = WorkItem.objects.filter(kind=claim.kind, subject_id=claim.subject_id, done_at=None).exclude(pk=claim.id)
    held = list(others.select_for_update(skip_locked=True).values_list("pk", flat=True))
    return held if len(held) == others.count() else None


def _put_off(claim: Claim, error: str, *, aside: bool) -> None:
    """Note why an attempt failed; the claim already put the step off. `aside`: it waits for a person now."""
    WorkItem.objects.filter(pk=claim.id, attempts=claim.attempt, done_at=None).update(
        error=error[:200], failed_at=timezone.now() if aside else None
    )


def work_drain_for(seconds: float) -> bool:
    """Do due steps until none is left or the time is over; whether some may be left."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not work_one():
            return False
    return True


def work_stands() -> bool:
    """Whether a due step stands too long, though nobody is doing it: workers must be sent for."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM workflow_workitem WHERE done_at IS NULL AND failed_at IS NULL "
            "AND greatest(due_at, created_at) <= now() - make_interval(secs => %s) AND due_at <= now() "
            "ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED",
            [LINGER],
        )
        return cursor.fetchone() is not None
