"""The outbox with real Celery workers: killed, restarted, without messages, and beside a broker that is down.

The broker is `CELERY_BROKER_URL`'s, else the filesystem.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction

from efc_portal.workflow import services
from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.services import work_enqueue
from tests.workflow.effects import effects, marker, until
from tests.workflow.workers import workers_environment

pytestmark = [pytest.mark.workflow, pytest.mark.usefixtures("table")]


def done() -> int:
    return WorkItem.objects.exclude(done_at=None).count()


def test_workers_do_what_is_committed(workers):
    workers.start()
    pks = sorted(uuid4() for _n in range(50))
    for pk in pks:
        work_enqueue("test.note", pk)
    until(lambda: done() == 50, 90)
    assert effects() == pks


def test_two_worker_processes_and_many_steps(workers):
    workers.start()
    workers.start()
    pks = sorted(uuid4() for _n in range(500))
    for start in range(0, 500, 50):
        with transaction.atomic():
            for pk in pks[start : start + 50]:
                work_enqueue("test.note", pk)
    until(lambda: done() == 500, 120)
    assert effects() == pks
    assert WorkItem.objects.filter(attempts=1).count() == 500


def test_lost_messages_are_mended_by_the_sweep(workers, monkeypatch):
    monkeypatch.setattr(services, "send_quietly", lambda task: None)
    pks = sorted(uuid4() for _n in range(20))
    for pk in pks:
        work_enqueue("test.note", pk)
    monkeypatch.undo()
    workers.start()
    workers.start_beat()
    until(lambda: done() == 20, 90)
    assert effects() == pks


def test_a_worker_killed_inside_a_step_loses_and_doubles_nothing(workers):
    workers.start()
    workers.start_beat()
    pk, others = uuid4(), [uuid4() for _n in range(20)]
    work_enqueue("test.killed", pk)
    until(lambda: marker(pk).exists() and marker(pk).read_text(), 90)
    os.kill(int(marker(pk).read_text()), signal.SIGKILL)
    for other in others:
        work_enqueue("test.note", other)
    until(lambda: done() == 21, 90)
    assert effects("test.killed") == [pk]
    assert effects() == sorted(others)
    assert WorkItem.objects.get(subject_id=pk).attempts == 2


def test_all_workers_killed_and_started_again(workers):
    workers.start()
    pk = uuid4()
    work_enqueue("test.killed", pk)
    until(lambda: marker(pk).exists() and marker(pk).read_text(), 90)
    workers.kill()
    waiting = [uuid4() for _n in range(20)]
    for one in waiting:
        work_enqueue("test.note", one)
    workers.start()
    workers.start_beat()
    until(lambda: done() == 21, 90)
    assert effects("test.killed") == [pk]
    assert effects() == sorted(waiting)


def test_a_step_that_kills_its_worker_is_set_aside_and_others_go_on(workers):
    workers.start()
    workers.start_beat()
    poison, others = uuid4(), [uuid4() for _n in range(30)]
    work_enqueue("test.poison", poison, urgent=True)
    for one in others:
        work_enqueue("test.note", one)
    until(lambda: done() == 30, 120)
    assert effects() == sorted(others)
    until(lambda: WorkItem.objects.get(subject_id=poison).failed_at, 120)
    assert len(marker(poison).read_text()) == 3
    assert WorkItem.objects.get(subject_id=poison).error == "WorkerLost"


def test_a_worker_told_to_stop_finishes_its_step(workers):
    worker = workers.start()
    pks = [uuid4() for _n in range(200)]
    with transaction.atomic():
        for pk in pks:
            work_enqueue("test.note", pk)
    until(lambda: done() > 0, 90)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(60) == 0
    assert WorkItem.objects.filter(done_at=None, attempts__gt=0).count() == 0
    assert len(effects()) == done()


# --- a broker that is down


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A server that accepts connections and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(16)
        yield server.getsockname()[1]


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


SEND = """
import sys, time, uuid, django
django.setup()
from tests.workflow import effects
from efc_portal.workflow.services import work_enqueue
for _time in range(3):
    began = time.monotonic()
    work_enqueue("test.note", uuid.uuid4())
    print(f"{time.monotonic() - began:.2f}")
"""


@pytest.mark.parametrize("scheme", ["amqp", "redis"])
@pytest.mark.parametrize("port", ["closed_port", "silent_port"])
def test_a_broker_that_is_down_fails_no_request(scheme, port, request):
    """The first request waits some seconds at most, the following ones not at all; the steps are there."""
    number = request.getfixturevalue(port)
    ended = subprocess.run(
        [sys.executable, "-c", SEND],
        env={**os.environ, **workers_environment(), "CELERY_BROKER_URL": f"{scheme}://127.0.0.1:{number}//"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    first, *others = map(float, ended.stdout.split())
    assert first < 15
    assert max(others) < 1
    assert WorkItem.objects.filter(done_at=None).count() == 3
    assert "broker unreachable" in ended.stderr
