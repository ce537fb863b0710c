"""Many workers at once: each step is done by one of them."""

from __future__ import annotations

import threading
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.services import work_enqueue
from efc_portal.workflow.worker import work_drain_for, work_one
from tests.workflow.effects import effects, inside
from tests.workflow.outbox import drain, make_due

pytestmark = pytest.mark.usefixtures("table")


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
