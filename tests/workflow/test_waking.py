"""Sending for workers, sweeping up what stands too long, and what a step costs."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from efc_portal.workflow import services, tasks
from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.services import work_enqueue
from efc_portal.workflow.worker import work_one
from tests.workflow.effects import effects, inside
from tests.workflow.outbox import drain, make_due

pytestmark = pytest.mark.usefixtures("table")


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    """The names of the tasks that were sent to the broker."""
    names: list[str] = []
    for task in (tasks.work_drain, tasks.work_sweep):
        monkeypatch.setattr(task, "apply_async", lambda name=task.name, **_options: names.append(name))
    return names


def test_a_commit_sends_for_a_worker_and_a_rollback_does_not(sent):
    with transaction.atomic():
        work_enqueue("test.note", uuid4())
        assert sent == []
    assert len(sent) == 1
    with transaction.atomic():
        work_enqueue("test.note", uuid4())
        transaction.set_rollback(True)
    assert len(sent) == 1


def test_when_much_is_waiting_a_message_a_second_is_enough(sent, monkeypatch):
    monkeypatch.setattr(services, "WAKE_LIMIT", 10)
    clock = [1000.0]
    monkeypatch.setattr(services.time, "monotonic", lambda: clock[0])
    with transaction.atomic():
        for _n in range(30):
            work_enqueue("test.note", uuid4())
    assert len(sent) == 1  # much came at once, and everybody may be asleep
    clock[0] += 2
    for _n in range(30):
        work_enqueue("test.note", uuid4())
    assert len(sent) == 2


def test_a_worker_does_not_send_for_itself(sent):
    pk, following = uuid4(), [uuid4() for _n in range(3)]
    work_enqueue("test.note", pk)
    sent.clear()
    inside[pk] = lambda: [work_enqueue("test.note", one) for one in following]
    assert work_one()
    assert len(sent) == 2  # the third it does itself
    drain()
    assert effects() == sorted([pk, *following])


def test_a_drain_that_runs_out_of_time_sends_for_the_next(sent, monkeypatch):
    work_enqueue("test.note", uuid4())
    sent.clear()
    monkeypatch.setattr(tasks, "DRAIN_SECONDS", 0)
    tasks.work_drain()
    assert len(sent) == 1
    monkeypatch.setattr(tasks, "DRAIN_SECONDS", 20)
    tasks.work_drain()
    assert len(sent) == 1


def test_the_sweep_sends_only_for_what_stands_too_long(sent, in_thread):
    pk, running, end = uuid4(), threading.Event(), threading.Event()
    work_enqueue("test.note", pk)
    sent.clear()
    tasks.work_sweep()
    assert sent == []
    WorkItem.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    make_due()
    tasks.work_sweep()
    assert len(sent) == tasks.WORKERS_WOKEN
    sent.clear()
    inside[pk] = lambda: (running.set(), end.wait(10))
    thread = in_thread(work_one)
    running.wait(10)
    tasks.work_sweep()
    assert sent == []  # somebody is doing it
    end.set()
    thread.join(10)


def test_done_steps_are_forgotten_after_a_while():
    old, new, waiting = uuid4(), uuid4(), uuid4()
    for pk in (old, new):
        work_enqueue("test.note", pk)
    drain()
    WorkItem.objects.filter(subject_id=old).update(done_at=timezone.now() - timedelta(days=31))
    work_enqueue("test.note", waiting)
    tasks.work_tidy()
    assert set(WorkItem.objects.values_list("subject_id", flat=True)) == {new, waiting}


def test_a_step_costs_five_statements(django_assert_num_queries):
    work_enqueue("test.noop", uuid4())
    with django_assert_num_queries(5):  # claim; begin, lock, done, commit
        work_one()
