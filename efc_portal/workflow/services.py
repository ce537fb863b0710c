"""Asking for a step.

PostgreSQL is the queue: a step is a row. A broker message only wakes a worker to look, and a worker that is awake
goes on to whatever else is due (`worker.py`). A lost message therefore costs seconds, until the sweep, never work.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from uuid import UUID

from celery import Task
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_record
from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.registry import is_known, step

__all__ = ["step", "work_enqueue", "work_enqueue_new", "work_retry"]

logger = logging.getLogger(__name__)

URGENT = timedelta(days=-1)  # an urgent step is due since yesterday, and so before all others
WAKE_LIMIT = 20  # waiting rows beyond which a process sends a message a second only: awake workers come to them
PUBLISH_SECONDS = 3
SILENCE = 5.0  # seconds without a further try after the broker could not be reached

# About the step that this thread is doing: `doing`, its kind and subject, and `own`, how many of the steps that it
# asks for this worker will come to without being sent for.
awake = threading.local()
_broker = {"silent_until": 0.0, "woke_at": 0.0}


def work_enqueue(kind: str, subject_id: UUID, *, delay: timedelta = timedelta(), urgent: bool = False) -> None:
    """Ask for a step in the running transaction. Asking for a step that is still waiting is asking once.

    What is asked for is done after this transaction has committed, also when the same step is running just now: then
    once more. A step that was set aside for a person stays there.
    """
    if not is_known(kind):
        raise ValueError(f"no step is called {kind}")
    asks_for_itself = getattr(awake, "doing", None) == (kind, subject_id)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        for turn in count():
            if _insert(cursor, kind, subject_id, turn, URGENT if urgent else delay):
                break
            if not asks_for_itself and _hold(cursor, kind, subject_id, turn):
                return
    if delay:
        return
    if getattr(awake, "own", 0):
        awake.own -= 1
    else:
        transaction.on_commit(_wake, robust=True)


def work_enqueue_new(kind: str, subject_ids: Sequence[UUID], *, urgent: bool = False) -> None:
    """Ask for a step of many subjects that the running transaction made, so that none can be waiting: one statement."""
    if not is_known(kind):
        raise ValueError(f"no step is called {kind}")
    if not subject_ids:
        return
    delay = URGENT if urgent else timedelta()
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workflow_workitem (kind, subject_id, turn, created_at, due_at, attempts, error) "
            "SELECT %s, subject, 0, now(), now() + make_interval(secs => %s), 0, '' FROM unnest(%s::uuid[]) subject",
            [kind, delay.total_seconds(), [str(pk) for pk in subject_ids]],
        )
    own: int = getattr(awake, "own", 0)
    if own and len(subject_ids) == 1:
        awake.own = own - 1
    else:
        transaction.on_commit(_wake, robust=True)


def _insert(cursor: CursorWrapper, kind: str, subject_id: UUID, turn: int, delay: timedelta) -> bool:
    cursor.execute(
        "INSERT INTO workflow_workitem (kind, subject_id, turn, created_at, due_at, attempts, error) "
        "VALUES (%s, %s, %s, now(), now() + make_interval(secs => %s), 0, '') ON CONFLICT DO NOTHING",
        [kind, subject_id, turn, delay.total_seconds()],
    )
    return bool(cursor.rowcount)


def _hold(cursor: CursorWrapper, kind: str, subject_id: UUID, turn: int) -> bool:
    """Keep an open row from being begun before this transaction ends; False when it is running already.

    Without that, a worker could do the waiting step now, not yet seeing this transaction's changes, and nobody would
    do it again. Share locks do not keep other transactions from asking too.
    """
    cursor.execute(
        "SELECT 1 FROM workflow_workitem WHERE kind = %s AND subject_id = %s AND turn = %s AND done_at IS NULL "
        "FOR SHARE SKIP LOCKED",
        [kind, subject_id, turn],
    )
    return cursor.fetchone() is not None


def _wake() -> None:
    """Send a worker to look; seldom, when so much is waiting that the workers will be awake anyway."""
    from efc_portal.workflow.tasks import work_drain

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM workflow_workitem WHERE done_at IS NULL AND failed_at IS NULL "
            "AND due_at <= now() LIMIT %s) waiting",
            [WAKE_LIMIT],
        )
        waiting = cursor.fetchone()[0]
    if waiting < WAKE_LIMIT or time.monotonic() > _broker["woke_at"] + 1:
        send_quietly(work_drain)
        _broker["woke_at"] = time.monotonic()


def send_quietly(task: Task) -> None:
    """Send to the broker; an unreachable broker costs time until the sweep, never the request that already committed.

    After a failure this process does not try again for a few seconds, so that requests do not wait in turn.
    """
    if time.monotonic() < _broker["silent_until"]:
        return
    try:
        task.apply_async(timeout=PUBLISH_SECONDS, confirm_timeout=PUBLISH_SECONDS)
    except Exception as error:  # whatever the transport raises: the row is committed, the sweep will come
        _broker["silent_until"] = time.monotonic() + SILENCE
        logger.warning("broker unreachable, the sweep will take it up: %s", type(error).__name__)


@transaction.atomic
def work_retry(*, item: WorkItem, actor: Actor | None, justification: str) -> bool:
    """Give a step that was set aside another round of attempts; False when it is not set aside any more."""
    changed = (
        WorkItem.objects.filter(pk=item.pk)
        .exclude(failed_at=None)
        .update(failed_at=None, attempts=0, due_at=timezone.now())
    )
    if changed:
        audit_record(
            action="work.retry",
            category=Category.OPERATION,
            actor=actor,
            obj=item,
            justification=justification.strip(),
            kind=item.kind,
            ids=[item.subject_id],
        )
        transaction.on_commit(_wake, robust=True)
    return bool(changed)
