"""People who go on with their work while somebody pulls plugs."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPException
from itertools import count
from queue import SimpleQueue
from typing import Any, TypeVar
from uuid import uuid4

import psutil
from django.db import connection, transaction

from bench.browser import Browser
from bench.invented import document_of, form_of, values_of
from bench.portal import TrialPortal
from efc_portal.demo.values import Invented
from efc_portal.workflow.models import WorkItem
from tests.workflow.effects import until

Done = TypeVar("Done")

BLOWS = ["worker"] * 10 + ["connections"] * 9 + ["web"] * 6 + ["beat"] * 3
LONG_STEPS = 0.8  # the share of blows that wait for a package in the making
AT_WORK_SECONDS = 2.0  # how long a blow waits for work to be there
WAKING_SECONDS = 30.0  # how long it waits for a worker to come to it: one that was struck has to start first
RECOVERY_SECONDS = 60.0  # how long one person tries one thing


class Saboteur:
    """Kills a process of the portal, or ends connections to its database, all chosen by the seed."""

    def __init__(self, portal: TrialPortal, seed: int) -> None:
        self.portal, self.random = portal, random.Random(seed)
        self.order = self.random.sample(BLOWS, len(BLOWS))

    def blows(self) -> Iterator[None]:
        """A turn before each blow, to give the portal something to do. Then a blow into the work, and a pause."""
        for kind in self.order:
            yield
            self._end_connections() if kind == "connections" else self._kill(kind)
            time.sleep(self.random.uniform(0, 1))

    def _kill(self, part: str) -> None:
        """kill -9 of one process of a part, or of several: main processes and those below."""
        until(lambda: self.portal.pids(part))
        family = [one for pid in self.portal.pids(part) for one in _family(pid)]
        struck = self.random.sample(family, self.random.randint(1, len(family)) if family else 0)
        if part == "worker":
            self._await_work()
        else:
            time.sleep(self.random.uniform(0, 0.3))
        for process in struck:
            with suppress(psutil.NoSuchProcess):
                process.kill()

    def _end_connections(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
                "AND backend_type = 'client backend' ORDER BY pid"
            )
            pids = [row[0] for row in cursor.fetchall()]
            struck = self.random.sample(pids, self.random.randint(0, len(pids)))
            self._await_work()
            for pid in struck:
                cursor.execute("SELECT pg_terminate_backend(%s)", [pid])

    def _await_work(self) -> None:
        """Wait until a worker is inside a step, whose row it then holds: any, or one that takes its time."""
        start = time.monotonic()
        wanted = WorkItem.objects.filter(done_at=None, failed_at=None)
        if self.random.random() < LONG_STEPS:
            wanted = wanted.filter(kind="referral.package")
        begun = wanted.filter(attempts__gt=0)
        while (waited := time.monotonic() - start) < WAKING_SECONDS:
            with transaction.atomic():
                free = set(begun.select_for_update(skip_locked=True).values_list("pk", flat=True))
                if set(begun.values_list("pk", flat=True)) - free:
                    return
            if waited > AT_WORK_SECONDS and not wanted.exists():
                return
            time.sleep(0.002)


def _family(pid: int) -> list[psutil.Process]:
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


class Turns:
    """Hands out work piece by piece, so that it is spread over the blows; threads take it."""

    def __init__(self) -> None:
        self.waiting: SimpleQueue[bool] = SimpleQueue()

    def release(self, number: int) -> None:
        for _turn in range(number):
            self.waiting.put(True)

    def end(self, people: int) -> None:
        for _person in range(people):
            self.waiting.put(False)

    def __iter__(self) -> Iterator[None]:
        while self.waiting.get():
            yield


class Person(threading.Thread):
    """Somebody at work in a browser of their own."""

    def __init__(self, work: Callable[[Browser], None], browser: Browser) -> None:
        super().__init__(daemon=True)
        self.work, self.browser = work, browser
        self.error: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self.work(self.browser)
        except BaseException as error:  # raised in the test's own thread by `ended`
            self.error = error
        finally:
            self.browser.close()

    def ended(self) -> None:
        self.join(RECOVERY_SECONDS * 2)
        assert not self.is_alive()
        if self.error:
            raise self.error


def _persist(attempt: Callable[[], Done | None]) -> Done:
    """Try until the portal has said yes. What became of an unanswered question, nobody knows."""
    deadline = time.monotonic() + RECOVERY_SECONDS
    while True:
        with suppress(OSError, HTTPException):
            if done := attempt():
                return done
        assert time.monotonic() < deadline, "the portal did not come back"
        time.sleep(0.1)


class Reporters:
    """Send in the form on one page. Whoever got no answer sends the same form again."""

    def __init__(self, seed: int) -> None:
        self.invented, self.lock = Invented(f"faults {seed}"), threading.Lock()
        self.written = 0
        self.unanswered = 0
        self.acknowledged: dict[str, str] = {}  # by title: the id that the portal answered with
        self.turns = Turns()

    def work(self, browser: Browser) -> None:
        for _turn in self.turns:
            with self.lock:
                self.written += 1
                title = f"Transfers to one account, {self.written}"
                form = form_of(document_of(title, values_of(self.invented)))
            key = str(uuid4())
            self.acknowledged[title] = _persist(lambda form=form, key=key: self._send(browser, form, key))

    def _send(self, browser: Browser, form: dict[str, Any], key: str) -> str | None:
        try:
            answer = browser.post("/submissions/new/one-page/", {**form, "form_key": key})
        except (ConnectionResetError, HTTPException):
            self.unanswered += 1
            return None
        found = answer.status == 302 and re.fullmatch(r"/submissions/([0-9a-f-]{36})/", answer.location)
        assert found or answer.status >= 500, answer
        return found[1] if found else None


class Managers:
    """Approve one referral after the other. Whoever got no answer presses again, and may be told it is done."""

    def __init__(self, referrals: list[str]) -> None:
        self.waiting = referrals
        self.approved: list[str] = []
        self.turns = Turns()

    def work(self, browser: Browser) -> None:
        for _turn in self.turns:
            pk = self.waiting.pop()
            answers = count()
            _persist(lambda pk=pk, answers=answers: self._approve(browser, pk, again=next(answers) > 0))
            self.approved.append(pk)

    def _approve(self, browser: Browser, pk: str, *, again: bool) -> bool:
        answer = browser.post(f"/referrals/{pk}/approve/", {})
        done = answer.status == 302 and answer.location == f"/referrals/{pk}/"
        known = answer.status == 409 and again
        assert done or known or answer.status >= 500, answer
        return done or known
