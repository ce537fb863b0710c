"""Steps that fail, and workers and connections that go while they run."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from efc_portal.workflow import worker
from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.registry import PATIENCE
from efc_portal.workflow.services import work_enqueue, work_retry
from efc_portal.workflow.worker import work_one
from tests.workflow.effects import effects, inside
from tests.workflow.outbox import drain, make_due

pytestmark = pytest.mark.usefixtures("table")


def test_a_failing_step_has_no_effect_and_is_put_off():
    pk = uuid4()
    work_enqueue("test.fail", pk)
    drain()
    item = WorkItem.objects.get(subject_id=pk)
    assert effects("test.fail") == []
    assert (item.attempts, item.error, item.failed_at, item.done_at) == (1, "RuntimeError", None, None)
    assert timedelta(seconds=1) < item.due_at - timezone.now() <= timedelta(seconds=2)


def test_pauses_between_attempts_grow_to_ten_minutes():
    pk = uuid4()
    work_enqueue("test.note", pk)
    pauses = []
    for _attempt in range(12):
        make_due()
        worker._claim()
        pauses.append(round((WorkItem.objects.get().due_at - timezone.now()).total_seconds()))
    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600]


def test_after_its_patience_a_step_waits_for_a_person_who_can_retry_it():
    pk, other = uuid4(), uuid4()
    work_enqueue("test.fail", pk)
    for _attempt in range(3):
        make_due()
        drain()
    item = WorkItem.objects.get(subject_id=pk)
    assert (item.attempts, item.error) == (3, "RuntimeError")
    assert item.failed_at is not None
    make_due()
    assert not work_one()
    work_enqueue("test.fail", pk)  # asking again leaves it to the person
    work_enqueue("test.note", other)
    drain()
    assert effects() == [other]
    assert work_retry(item=item, actor=None, justification="mended")
    assert not work_retry(item=item, actor=None, justification="mended")
    drain()
    item.refresh_from_db()
    assert (item.attempts, item.failed_at) == (1, None)


def test_a_step_that_succeeds_after_failing_keeps_no_error():
    pk, broken = uuid4(), [True]
    inside[pk] = lambda: broken and 1 / broken.pop(0) / 0
    work_enqueue("test.note", pk)
    drain()
    assert WorkItem.objects.get().error == "ZeroDivisionError"
    make_due()
    drain()
    item = WorkItem.objects.get()
    assert (item.error, item.attempts) == ("", 2)
    assert effects() == [pk]


def test_a_step_that_this_version_does_not_know_is_put_off():
    WorkItem.objects.create(kind="test.future", subject_id=uuid4())
    drain()
    item = WorkItem.objects.get()
    assert (item.attempts, item.error, item.failed_at) == (1, "KeyError", None)


def test_attempts_that_never_came_back_count_too():
    pk = uuid4()
    work_enqueue("test.note", pk)
    for _attempt in range(PATIENCE):
        make_due()
        assert worker._claim() is not None  # begun, and then its worker is gone
    make_due()
    assert work_one()
    item = WorkItem.objects.get()
    assert item.error == "WorkerLost"
    assert item.failed_at is not None
    assert effects() == []


def test_a_worker_that_lost_its_claim_does_nothing(in_thread):
    """It stood still so long that another worker began the step again."""
    pk = uuid4()
    work_enqueue("test.note", pk)
    slow = worker._claim()
    make_due()
    drain()
    with transaction.atomic():
        worker._do(slow)
    assert effects() == [pk]


def test_a_lost_database_connection_loses_nothing(in_thread):
    pk, running, broken = uuid4(), threading.Event(), threading.Event()
    backend = []

    def remember() -> None:
        if backend:
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backend.append(cursor.fetchone()[0])
        running.set()
        broken.wait(10)

    inside[pk] = remember
    work_enqueue("test.note", pk)
    thread = in_thread(work_one)
    running.wait(10)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", backend)
    broken.set()
    thread.join(10)
    item = WorkItem.objects.get()
    assert (item.attempts, item.done_at) == (1, None)
    assert item.error in {OperationalError.__name__, "InterfaceError"}
    make_due()
    drain()
    assert effects() == [pk]
