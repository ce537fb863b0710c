"""Asking for a step, and doing it.

PostgreSQL is the queue: a step is a row, claimed with `FOR UPDATE SKIP LOCKED`. A broker message only wakes a worker
to look, and a worker that is awake goes on to whatever else is due. A lost message therefore costs seconds (until
the sweep), never work.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from efc_portal.workflow.models import WorkItem

logger = logging.getLogger(__name__)

Step = Callable[[UUID], None]
_steps: dict[str, Step] = {}

MAX_ATTEMPTS = 8
MAX_WAKES = 12
WAKE_LIMIT = 100  # waiting rows beyond which a commit sends no further message: the awake workers come to them
LINGER = timedelta(seconds=3)  # how long a due step may stand before the sweep sends for it


def step(kind: str) -> Callable[[Step], Step]:
    """Register what does the steps of a kind: a function of the subject's id, run in a transaction, safe to repeat."""

    def register(function: Step) -> Step:
        if kind in _steps:
            raise ValueError(f"two steps are called {kind}")
        _steps[kind] = function
        return function

    return register


def kinds() -> list[str]:
    return sorted(_steps)


def work_enqueue(kind: str, subject_id: UUID, *, delay: timedelta = timedelta()) -> None:
    """Ask for a step in the running transaction. Asking twice for a step that is still open is asking once."""
    if kind not in _steps:
        raise ValueError(f"no step is called {kind}")
    due = timezone.now() + delay
    created = WorkItem.objects.bulk_create(
        [WorkItem(kind=kind, subject_id=subject_id, due_at=due)], ignore_conflicts=True
    )
    if created and not delay:
        transaction.on_commit(_wake)


def _wake() -> None:
    """Send a worker to look, unless enough is waiting that the workers must be awake anyway."""
    from efc_portal.workflow.tasks import work_drain

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM workflow_workitem WHERE done_at IS NULL AND failed_at IS NULL "
            "AND due_at <= now() LIMIT %s) waiting",
            [WAKE_LIMIT],
        )
        waiting = cursor.fetchone()[0]
    if waiting < WAKE_LIMIT:
        send_quietly(work_drain.delay)


def send_quietly(send: Callable[[], object]) -> None:
    """Send to the broker; an unreachable broker costs time until the sweep, never the request that already committed."""
    try:
        send()
    except Exception as error:  # whatever the transport raises: the row is committed, the sweep will come
        logger.warning("broker unreachable, the sweep will take it up: %s", type(error).__name__)


def work_one() -> bool:
    """Claim the step that is due longest and do it; False when none is due or every due one is being done."""
    item = None
    try:
        with transaction.atomic():
            item = (
                WorkItem.objects.select_for_update(skip_locked=True)
                .filter(done_at=None, failed_at=None, due_at__lte=timezone.now())
                .order_by("due_at", "id")
                .first()
            )
            if item is None:
                return False
            _steps[item.kind](item.subject_id)
            WorkItem.objects.filter(pk=item.pk).update(done_at=timezone.now(), error="")
    except Exception as error:
        if item is None:
            raise
        _failed(item, error)
    return True


def _failed(item: WorkItem, error: Exception) -> None:
    """Put a step back with a growing delay, or aside for a person after too many attempts."""
    attempts, now = item.attempts + 1, timezone.now()
    logger.error("step %s of %s failed, attempt %s", item.kind, item.subject_id, attempts, exc_info=error)
    WorkItem.objects.filter(pk=item.pk, attempts=item.attempts, done_at=None).update(
        attempts=attempts,
        error=type(error).__name__,
        due_at=now + timedelta(seconds=min(2**attempts, 600)),
        failed_at=now if attempts >= MAX_ATTEMPTS else None,
    )


def work_drain_for(seconds: float) -> int:
    """Do due steps until none is left or the time is over; returns how many were done."""
    until, done = time.monotonic() + seconds, 0
    while time.monotonic() < until and work_one():
        done += 1
    return done


def work_sweep() -> bool:
    """Whether a due step stands too long, so that workers must be sent for.

    Only the few oldest count the call: whatever kills its worker is always among them, and is put off further each
    time, then set aside after `MAX_WAKES`; a long but moving queue is left alone.
    """
    now = timezone.now()
    with transaction.atomic():
        oldest = list(
            WorkItem.objects.select_for_update(skip_locked=True)
            .filter(done_at=None, failed_at=None, due_at__lte=now - LINGER)
            .order_by("due_at", "id")[:4]
        )
        for item in oldest:
            item.wakes += 1
            if item.wakes > 3:
                item.due_at = now + timedelta(seconds=min(2**item.wakes, 600))
            if item.wakes >= MAX_WAKES:
                item.failed_at, item.error = now, "Stalled"
        WorkItem.objects.bulk_update(oldest, ["wakes", "due_at", "failed_at", "error"])
    return bool(oldest)


def work_retry(*, item: WorkItem) -> None:
    """Give a step that was set aside another round of attempts."""
    WorkItem.objects.filter(pk=item.pk).exclude(failed_at=None).update(
        failed_at=None, attempts=0, wakes=0, due_at=timezone.now()
    )
    transaction.on_commit(_wake)
