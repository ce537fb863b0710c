"""People who go on with their work while somebody pulls plugs."""

from __future__ import annotations

import os
import random
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPException
from itertools import count
from queue import SimpleQueue
from typing import TypeVar

import psutil
from django.db import connection

from bench.browser import Browser
from bench.invented import document_of, form_of, values_of
from bench.portal import TrialPortal
from efc_portal.demo.values import Invented
from tests.workflow.effects import until

Done = TypeVar("Done")

BLOWS = ["worker"] * 8 + ["connections"] * 7 + ["web"] * 5 + ["beat"] * 2
PAUSES = (0.3, 1.5)  # seconds between two blows
RECOVERY_SECONDS = 60.0  # how long one person tries one thing


class Saboteur:
    """Kills a process of the portal, or ends connections to its database, all chosen by the seed."""

    def __init__(self, portal: TrialPortal, seed: int) -> None:
        self.portal, self.random = portal, random.Random(seed)
        self.order = self.random.sample(BLOWS, len(BLOWS))

    def blows(self) -> Iterator[None]:
        """One blow for each turn, with a pause after it."""
        for kind in self.order:
            self._end_connections() if kind == "connections" else self._kill(kind)
            yield
            time.sleep(self.random.uniform(*PAUSES))

    def _kill(self, part: str) -> None:
        """kill -9 of one process of a part, its main process or one below."""
        until(lambda: self.portal.pids(part))
        family = [one for pid in self.portal.pids(part) for one in _family(pid)]
        with suppress(ProcessLookupError):
            os.kill(self.random.choice(family), signal.SIGKILL)

    def _end_connections(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
                "AND backend_type = 'client backend' ORDER BY pid"
            )
            pids = [row[0] for row in cursor.fetchall()]
            for pid in self.random.sample(pids, self.random.randint(0, len(pids))):
                cursor.execute("SELECT pg_terminate_backend(%s)", [pid])


def _family(pid: int) -> list[int]:
    try:
        return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    except psutil.NoSuchProcess:
        return [pid]


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
    """Send in the form on one page. Every attempt is a submission of its own, told by its title."""

    def __init__(self, seed: int) -> None:
        self.invented, self.lock = Invented(f"faults {seed}"), threading.Lock()
        self.attempts: list[str] = []
        self.acknowledged: dict[str, str] = {}  # by title: the id that the portal answered with
        self.turns = Turns()

    def work(self, browser: Browser) -> None:
        for _turn in self.turns:
            title, pk = _persist(lambda: self._send(browser))
            self.acknowledged[title] = pk

    def _send(self, browser: Browser) -> tuple[str, str] | None:
        with self.lock:
            title = f"Transfers to one account, {len(self.attempts)}"
            self.attempts.append(title)
            form = form_of(document_of(title, values_of(self.invented)))
        answer = browser.post("/submissions/new/one-page/", form)
        found = answer.status == 302 and re.fullmatch(r"/submissions/([0-9a-f-]{36})/", answer.location)
        assert found or answer.status >= 500, answer
        return (title, found[1]) if found else None


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
