"""Asking for steps: each is done once for all who asked, also by whoever asked while it ran."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from efc_portal.workflow import worker
from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.services import work_enqueue
from efc_portal.workflow.worker import work_one, work_stands
from tests.workflow.effects import effects, inside, note, until
from tests.workflow.outbox import drain, make_due

pytestmark = pytest.mark.usefixtures("table")


# --- asking


def test_a_step_is_asked_for_with_the_transaction():
    pk = uuid4()
    with transaction.atomic():
        work_enqueue("test.note", pk)
        transaction.set_rollback(True)
    drain()
    assert effects() == []
    with transaction.atomic():
        work_enqueue("test.note", pk)
    drain()
    assert effects() == [pk]


def test_asking_twice_is_asking_once():
    pk = uuid4()
    work_enqueue("test.note", pk)
    with transaction.atomic():
        work_enqueue("test.note", pk)
        work_enqueue("test.note", pk)
    drain()
    assert effects() == [pk]


def test_asking_after_it_is_done_is_asking_again():
    pk = uuid4()
    for _time in range(2):
        work_enqueue("test.note", pk)
        drain()
    assert effects() == [pk, pk]


def test_two_transactions_that_ask_at_once_ask_once(in_thread):
    pk, asked, committed = uuid4(), threading.Event(), threading.Event()

    def other() -> None:
        with transaction.atomic():
            work_enqueue("test.note", pk)
            asked.set()
            committed.wait(10)

    in_thread(other)
    asked.wait(10)
    second = in_thread(lambda: work_enqueue("test.note", pk))  # waits for the first to end
    second.join(0.2)
    assert second.is_alive()
    committed.set()
    second.join(10)
    assert WorkItem.objects.filter(subject_id=pk).count() == 1


def test_unknown_steps_cannot_be_asked_for():
    with pytest.raises(ValueError, match=r"no step is called test\.unknown"):
        work_enqueue("test.unknown", uuid4())


def test_a_delayed_step_waits():
    pk = uuid4()
    work_enqueue("test.note", pk, delay=timedelta(hours=1))
    drain()
    assert effects() == []
    make_due()
    drain()
    assert effects() == [pk]


def test_an_urgent_step_goes_first():
    order: list[UUID] = []
    pks = [uuid4() for _n in range(4)]
    for pk in pks:
        inside[pk] = lambda pk=pk: order.append(pk)
        work_enqueue("test.note", pk, urgent=pk == pks[3])
    drain()
    assert order == [pks[3], *pks[:3]]


def test_an_urgent_step_does_not_count_as_standing_at_once():
    work_enqueue("test.note", uuid4(), urgent=True)
    assert not work_stands()


# --- asking for a step that is running


def test_a_step_asked_for_while_it_runs_is_done_again(in_thread):
    pk, running, asked = uuid4(), threading.Event(), threading.Event()
    inside[pk] = lambda: (running.set(), asked.wait(10))
    work_enqueue("test.note", pk)
    in_thread(work_one)
    running.wait(10)
    for _time in range(3):
        work_enqueue("test.note", pk)  # neither waits for the step nor gets lost in it
    asked.set()
    until(lambda: WorkItem.objects.filter(subject_id=pk, done_at=None).count() == 1)
    del inside[pk]
    drain()
    assert effects() == [pk, pk]


def test_the_second_turn_does_not_run_beside_the_first(in_thread):
    pk, running, end = uuid4(), threading.Event(), threading.Event()
    inside[pk] = lambda: (running.set(), end.wait(10))
    work_enqueue("test.note", pk)
    in_thread(work_one)
    running.wait(10)
    work_enqueue("test.note", pk)
    assert work_one()  # begins the second turn, sees the first running, and puts it off
    waiting = WorkItem.objects.get(subject_id=pk, turn=1)
    assert (waiting.attempts, waiting.done_at) == (0, None)
    assert waiting.due_at > timezone.now()
    assert not work_one()
    end.set()
    until(lambda: WorkItem.objects.filter(subject_id=pk, turn=0, done_at__isnull=False).exists())
    del inside[pk]
    make_due()
    drain()
    assert effects() == [pk, pk]


def test_two_turns_that_wait_are_done_in_one_run(in_thread):
    pk = uuid4()
    for turn in (0, 1, 2):
        WorkItem.objects.create(kind="test.note", subject_id=pk, turn=turn)
    drain()
    assert effects() == [pk]
    assert not WorkItem.objects.filter(done_at=None).exists()


def test_a_waiting_step_is_not_begun_before_whoever_asked_again_has_committed(in_thread):
    """Else it could run without seeing the change, and nobody would run it again."""
    pk, asked, commit = uuid4(), threading.Event(), threading.Event()
    work_enqueue("test.note", pk)

    def change() -> None:
        with transaction.atomic():
            note("change", pk)
            work_enqueue("test.note", pk)
            asked.set()
            commit.wait(10)

    seen = []
    inside[pk] = lambda: seen.append(effects("change"))
    thread = in_thread(change)
    asked.wait(10)
    assert not work_one()
    commit.set()
    thread.join(10)
    drain()
    assert seen == [[pk]]


def test_a_claimed_step_that_has_not_begun_waits_for_whoever_asked_again(in_thread):
    pk, asked, commit = uuid4(), threading.Event(), threading.Event()
    work_enqueue("test.note", pk)
    claim = worker._claim()

    def change() -> None:
        with transaction.atomic():
            note("change", pk)
            work_enqueue("test.note", pk)
            asked.set()
            commit.wait(10)

    seen = []
    inside[pk] = lambda: seen.append(effects("change"))

    def begin() -> None:
        with transaction.atomic():
            worker._do(claim)

    in_thread(change)
    asked.wait(10)
    beginning = in_thread(begin)
    beginning.join(0.2)
    assert beginning.is_alive()
    commit.set()
    beginning.join(10)
    assert seen == [[pk]]
    assert effects() == [pk]


def test_a_step_may_ask_for_itself():
    pk, runs = uuid4(), []

    def again() -> None:
        runs.append(1)
        if len(runs) < 3:
            work_enqueue("test.note", pk)

    inside[pk] = again
    work_enqueue("test.note", pk)
    drain()
    assert effects() == [pk] * 3
