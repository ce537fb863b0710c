"""Asking for steps and doing them: exactly once, whatever happens in between."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from efc_portal.workflow import services, tasks, worker
from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.registry import PATIENCE
from efc_portal.workflow.services import work_enqueue, work_retry
from efc_portal.workflow.worker import work_drain_for, work_one, work_stands
from tests.workflow.effects import effects, inside, note, until

pytestmark = pytest.mark.usefixtures("table")


def make_due() -> None:
    WorkItem.objects.filter(done_at=None).update(due_at=timezone.now() - timedelta(seconds=10))


def drain() -> None:
    assert work_drain_for(20) is False


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


# --- many workers


def test_many_workers_do_each_step_once(in_thread):
    pks = sorted(uuid4() for _n in range(200))
    with transaction.atomic():
        for pk in pks:
            work_enqueue("test.note", pk)
    threads = [in_thread(lambda: work_drain_for(30)) for _n in range(6)]
    for thread in threads:
        thread.join(60)
    assert effects() == pks
    assert WorkItem.objects.filter(attempts=1).exclude(done_at=None).count() == 200


def test_a_storm_of_asking_and_doing_loses_nothing(in_thread):
    """Each asking writes a higher number first; the last run must have seen the highest."""
    pks, seen = [uuid4() for _n in range(3)], {}
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE test_counter AS SELECT unnest(%s::uuid[]) AS pk, 0 AS n", [pks])
    try:
        for pk in pks:

            def look(pk: UUID = pk) -> None:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT n FROM test_counter WHERE pk = %s", [pk])
                    seen[pk] = cursor.fetchone()[0]

            inside[pk] = look

        def ask() -> None:
            for _time in range(40):
                for pk in pks:
                    with transaction.atomic(), connection.cursor() as cursor:
                        cursor.execute("UPDATE test_counter SET n = n + 1 WHERE pk = %s", [pk])
                        work_enqueue("test.note", pk)

        over = threading.Event()

        def work() -> None:
            while not over.is_set():
                work_one()

        workers = [in_thread(work) for _n in range(3)]
        for thread in [in_thread(ask) for _n in range(3)]:
            thread.join(60)
        over.set()
        for thread in workers:
            thread.join(60)
        make_due()
        drain()
        assert seen == dict.fromkeys(pks, 120)
        assert not WorkItem.objects.filter(done_at=None).exists()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE test_counter")


# --- failing


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


# --- waking and sweeping


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
