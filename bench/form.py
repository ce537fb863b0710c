"""The submission form on one page, posted by four people at once through the web server."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.browser import Browser, encoded, signed_in
from bench.figures import Section, median, milliseconds
from bench.invented import Source, form_of
from bench.pages import CODE, client
from bench.portal import TrialPortal, cpu_seconds
from efc_portal.demo.coalition import PASSWORD
from efc_portal.workflow.models import WorkItem

PATH = "/submissions/new/one-page/"
PEOPLE = ("jonas@northbank.example", "claire@littoral.example", "sofie@payrail.example", "marten@kestrel.example")
ROUNDS, SECONDS = 6, 2.5
MOST = 1500  # forms that are made ready for each person and round
FIR = "FIR, a Django incident tracker: 25/s with 77 statements, 7/s when values repeat"
GOAL = 125


@dataclass
class Kind:
    """The rounds with new values, or with repeated ones."""

    repeated: bool
    rates: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    costs: dict[str, list[float]] = field(default_factory=dict)  # CPU seconds of a post, by part of the portal
    shares: list[float] = field(default_factory=list)  # of the machine's CPU time that portal and clients got
    drained: list[float] = field(default_factory=list)  # seconds until the workers had screened what was sent

    def alone(self) -> float:
        """Posts a second if nothing else ran: the web process has one core at most, all parts together have all.

        From the round that took the least CPU time, since what shares a core's caches costs time as well.
        """
        web, cores = min(self.costs["web"]), len(os.sched_getaffinity(0))
        return min(1 / web, cores / min(map(sum, zip(*self.costs.values(), strict=True))))


def measure(portal: TrialPortal) -> Section:
    people = [signed_in(portal.port, email=email, password=PASSWORD, code=CODE) for email in PEOPLE]
    ceiling = [_static(portal, people)]
    unique, repeated = Kind(False), Kind(True)
    for number in range(ROUNDS):
        for kind in (unique, repeated):
            _round(portal, people, kind, number)
    ceiling.append(_static(portal, people))
    section = Section("The form on one page: 4 people, 6 identifiers each, while the workers screen")
    counts = []
    for kind, words in ((unique, "new values"), (repeated, "repeated values")):
        share = f"with {median(kind.shares):.0%} of the machine; best round {max(kind.rates):.0f}/s"
        section.add(f"posts, {words}", f"{median(kind.rates):.0f}/s", share)
        section.add(f"posts with the machine to itself, {words}", f"{kind.alone():.0f}/s", f"goal {GOAL}/s")
        section.add(f"time of a post, {words}", milliseconds(kind.seconds))
        counts.append(statements(repeated=kind.repeated))
        section.add(f"SQL statements of a post, {words}", str(counts[-1]))
        costs = ", ".join(f"{part} {median(costs) * 1000:.1f}" for part, costs in kind.costs.items())
        drained = f"screened {median(kind.drained):.1f} s after the last post of a round"
        section.add(f"CPU milliseconds of a post, {words}", costs, drained)
    section.require(counts[0] == counts[1], f"A post costs {counts[0]} statements, {counts[1]} when values repeat.")
    section.add("a small static file, the same 4 people", f"{median(ceiling):.0f}/s", "what server and clients can do")
    section.add("reference, measured elsewhere on 2 cores", "25/s", FIR)
    return section


def _round(portal: TrialPortal, people: list[Browser], kind: Kind, number: int) -> None:
    bodies = []
    for place in range(len(people)):
        source = Source(f"form {number} {place}", repeated=kind.repeated)
        bodies.append([encoded(form_of(source.document())) for _ in range(MOST // ROUNDS)])
    before, began = _cpu_seconds(portal), time.perf_counter()
    seconds = _together(people, lambda person, place: _post(person, bodies[place]))
    taken, after = time.perf_counter() - began, _cpu_seconds(portal)
    kind.rates.append(len(seconds) / taken)
    kind.seconds += seconds
    for part in after:
        kind.costs.setdefault(part, []).append((after[part] - before[part]) / len(seconds))
    used = sum(after.values()) - sum(before.values())
    kind.shares.append(used / taken / len(os.sched_getaffinity(0)))
    while WorkItem.objects.filter(done_at=None, failed_at=None).exists():
        time.sleep(0.1)
    kind.drained.append(time.perf_counter() - began - taken)


def _cpu_seconds(portal: TrialPortal) -> dict[str, float]:
    """Of the parts that have to do with a post, and of this process, which is the clients."""
    found = {part: seconds for part, seconds in portal.cpu_seconds().items() if part != "beat"}
    return {**found, "clients": cpu_seconds(psutil.Process())}


def _post(person: Browser, bodies: list[bytes]) -> list[float]:
    seconds = []
    until = time.perf_counter() + SECONDS
    for body in bodies:
        began = time.perf_counter()
        if began > until:
            break
        answer = person.post_body(PATH, body)
        seconds.append(time.perf_counter() - began)
        if answer.status != 302:
            raise RuntimeError(f"The form answers {answer.status}.")
    return seconds


def _static(portal: TrialPortal, people: list[Browser]) -> float:
    """Requests a second for a file: the web server and the clients without any page."""
    folder = Path(portal.folder) / "static"
    file = min((one for one in folder.rglob("*.css")), key=lambda one: one.stat().st_size)
    path = f"/static/{file.relative_to(folder)}"

    def ask(person: Browser, _place: int) -> list[float]:
        seconds = []
        until = time.perf_counter() + 1
        while (began := time.perf_counter()) < until:
            person.get(path)
            seconds.append(time.perf_counter() - began)
        return seconds

    began = time.perf_counter()
    return len(_together(people, ask)) / (time.perf_counter() - began)


def _together(people: list[Browser], what: Callable[[Browser, int], list[float]]) -> list[float]:
    """Let everybody do it at the same time; the seconds of every single request."""
    seconds: list[float] = []
    failed: list[BaseException] = []

    def run(person: Browser, place: int) -> None:
        person.close()  # a connection that was kept since the last round may be closed already
        try:
            seconds.extend(what(person, place))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=run, args=(person, place)) for place, person in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return seconds


def statements(*, repeated: bool) -> int:
    """The SQL statements of one post, BEGIN and COMMIT included, counted inside this process."""
    person, source = client(PEOPLE[0]), Source("statements", repeated=repeated)
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            answer = person.post(PATH, form_of(source.document()))
        assert answer.status_code == 302
    return len(captured)
