"""Steps for the tests, whose effects can be counted. Imported by the tests and by `tests.workflow.celery_app`."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.db import connection

from efc_portal.workflow.registry import step

inside: dict[UUID, Callable[[], None]] = {}  # what a test wants to happen while the step of a subject runs


@contextmanager
def effects_table() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE test_effect (kind text, subject_id uuid, seen text, pid int)")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE test_effect")
            cursor.execute("TRUNCATE audit_auditevent")  # retries are recorded, and these tests commit


def effects(kind: str = "test.note") -> list[UUID]:
    """Whose steps had their effect, once for each time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT subject_id FROM test_effect WHERE kind = %s ORDER BY subject_id", [kind])
        return [row[0] for row in cursor.fetchall()]


def note(kind: str, pk: UUID, seen: str = "") -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO test_effect VALUES (%s, %s, %s, %s)", [kind, pk, seen, os.getpid()])


@step("test.note")
def _note(pk: UUID) -> None:
    note("test.note", pk)
    inside.get(pk, lambda: None)()


@step("test.fail", patience=3)
def _fail(pk: UUID) -> None:
    note("test.fail", pk)
    raise RuntimeError("a sentence with content that must not be stored")


def somebody_waits() -> bool:
    """Whether a transaction waits for another one's lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees the same all the time
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])


def marker(pk: UUID) -> Path:
    return Path(os.environ["EFC_VAR"]) / f"step-{pk}"


@step("test.killed")
def _killed(pk: UUID) -> None:
    """The first time: note, say where it runs, and wait to be killed. Later times: just note."""
    note("test.killed", pk)
    if not marker(pk).exists():
        marker(pk).write_text(str(os.getpid()))
        threading.Event().wait(60)


@step("test.poison", patience=3)
def _poison(pk: UUID) -> None:
    """Takes its worker with it, every time."""
    with marker(pk).open("a") as file:
        file.write("x")
    os.kill(os.getpid(), signal.SIGKILL)


@step("test.noop")
def _noop(pk: UUID) -> None:
    pass


def until(condition: Callable[[], object], seconds: float = 30.0) -> None:
    """Look again and again until something has come true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.02)
