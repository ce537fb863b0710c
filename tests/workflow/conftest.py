"""What the tests of the workflow share."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from efc_portal.workflow import services
from efc_portal.workflow.models import WorkItem
from tests.workflow import effects
from tests.workflow.workers import workers

__all__ = ["workers"]  # a fixture


@pytest.fixture
def table(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database in which transactions commit, and a table that counts effects.

    Emptied by hand, since these tests write nothing else: pytest-django would truncate a hundred tables each time.
    """
    with django_db_blocker.unblock():
        with effects.effects_table():
            yield
        effects.inside.clear()
        WorkItem.objects.all().delete()
        connection.close()


@pytest.fixture(autouse=True)
def broker_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker that an earlier test could not reach is tried again."""
    monkeypatch.setitem(services._broker, "silent_until", 0.0)
    monkeypatch.setitem(services._broker, "woke_at", 0.0)


@pytest.fixture
def in_thread() -> Iterator[Callable[[Callable[[], object]], threading.Thread]]:
    """Run something beside the test, with a database connection of its own; all are waited for at the end."""
    threads: list[threading.Thread] = []

    def start(work: Callable[[], object]) -> threading.Thread:
        def run() -> None:
            try:
                work()
            finally:
                connection.close()

        threads.append(threading.Thread(target=run, daemon=True))
        threads[-1].start()
        return threads[-1]

    yield start
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
