"""How worker and beat show that they are at work: a row each, written every few seconds.

The worker writes from its event loop, so that a loop that hangs, or has lost the broker, falls silent; beat writes
from its scheduler's round. Neither keeps a database connection for it.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from celery import bootsteps
from celery.beat import PersistentScheduler

logger = logging.getLogger(__name__)

EVERY_SECONDS = 10.0
FRESH_SECONDS = 45  # a part that has been silent for longer is not at work
WORKER, BEAT = "worker", "beat"


def heartbeat_record(part: str) -> None:
    """Note that a part is at work now. A database that does not answer is logged: the silence will show."""
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO core_heartbeat (part, at) VALUES (%s, now()) ON CONFLICT (part) DO UPDATE SET at = now()",
                [part],
            )
    except DatabaseError as error:
        logger.warning("no heartbeat of %s: %s", part, type(error).__name__)
    finally:
        connection.close()


class WorkerHeartbeat(bootsteps.StartStopStep):
    """A step of the Celery worker's start: a heartbeat at once, then from the timer of its event loop."""

    requires = {"celery.worker.components:Timer", "celery.worker.components:Pool"}

    def __init__(self, worker: Any, **options: Any) -> None:
        self._entry: Any = None

    def start(self, worker: Any) -> None:
        heartbeat_record(WORKER)
        self._entry = worker.timer.call_repeatedly(EVERY_SECONDS, heartbeat_record, (WORKER,))

    def stop(self, worker: Any) -> None:
        if self._entry is not None:
            self._entry.cancel()
            self._entry = None


class Scheduler(PersistentScheduler):
    """Celery beat's own scheduler, which also shows that it goes round."""

    _shown_at = 0.0

    def tick(self, *arguments: Any, **options: Any) -> float:
        pause: float = super().tick(*arguments, **options)
        if time.monotonic() - self._shown_at >= EVERY_SECONDS:
            heartbeat_record(BEAT)
            self._shown_at = time.monotonic()
        return min(pause, EVERY_SECONDS)
