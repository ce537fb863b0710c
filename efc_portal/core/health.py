"""Whether each part of the portal is at work: what `/healthz` answers, to monitoring and to `make run`."""

from __future__ import annotations

import pkgutil
import threading
import time
from enum import StrEnum
from importlib.util import find_spec

from celery import current_app
from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from efc_portal.core.heartbeats import BEAT, FRESH_SECONDS, WORKER

KEPT_SECONDS = 2.0  # an answer is given again for so long, so that asking often costs nothing
BROKER_PATIENCE_SECONDS = 2

_lock = threading.Lock()
_answer: tuple[float, dict[str, State]] | None = None
_migrated = False


class State(StrEnum):
    UP = "up"
    DOWN = "down"
    PENDING = "pending"  # migrations wait to be applied


def health() -> dict[str, State]:
    """The state of each part, at most `KEPT_SECONDS` old."""
    global _answer
    with _lock:
        if _answer is None or time.monotonic() - _answer[0] >= KEPT_SECONDS:
            _answer = (time.monotonic(), _look())
        return _answer[1]


def _look() -> dict[str, State]:
    parts = dict.fromkeys(("database", "migrations", "broker", WORKER, BEAT), State.DOWN)
    parts["broker"] = _broker()
    try:
        connection.ensure_connection()
        parts["database"] = State.UP
        parts["migrations"] = _migrations()
        for part in _fresh_heartbeats():
            parts[part] = State.UP
    except DatabaseError:
        return parts
    return parts


def _migrations() -> State:
    """Looked up until all are applied: they are never unapplied while the portal runs."""
    global _migrated
    if not _migrated:
        _migrated = _on_disk() <= MigrationRecorder(connection).applied_migrations().keys()
    return State.UP if _migrated else State.PENDING


def _on_disk() -> set[tuple[str, str]]:
    """Label and name of every migration. To load them all, as `migrate` does, would cost memory for ever."""
    found = set()
    for application in apps.get_app_configs():
        module, _explicit = MigrationLoader.migrations_module(application.label)
        spec = find_spec(module) if module else None
        for _finder, name, _package in pkgutil.iter_modules((spec and spec.submodule_search_locations) or []):
            if name[0] not in "_~":
                found.add((application.label, name))
    return found


def _fresh_heartbeats() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT part FROM core_heartbeat WHERE part IN (%s, %s) AND at > now() - make_interval(secs => %s)",
            [WORKER, BEAT, FRESH_SECONDS],
        )
        return [row[0] for row in cursor.fetchall()]


def _broker() -> State:
    try:
        with current_app.connection_for_write(connect_timeout=BROKER_PATIENCE_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_PATIENCE_SECONDS)
    except Exception:  # each transport has errors of its own, and all mean the same here
        return State.DOWN
    return State.UP
