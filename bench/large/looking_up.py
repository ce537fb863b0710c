"""Looking a thousand values up, beside the bare indexed query for the same values."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.figures import Section, median, milliseconds, p95
from bench.large.build import EVERY, real_value
from bench.large.clock import server_cpu
from efc_portal.accounts.models import User
from efc_portal.cases.lookup.kept import result_of
from efc_portal.cases.lookup.reading import Line, values_read
from efc_portal.cases.lookup.selectors import reports_of
from efc_portal.cases.skip_scan import WITHOUT_JIT
from efc_portal.core.encryption import match_key
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.selectors import known_effects
from efc_portal.partners.enums import Role
from efc_portal.partners.models import Membership

VALUES = 1_000  # half of them known
ROUNDS = 40
GOAL = 1.5
FIRST = 3  # the first two real values are those that stand very often
BARE = """
SELECT i.match_key, i.id, seen.submission_id, seen.role, seen.seen_on
FROM indicators_identifier i JOIN submissions_sighting seen ON seen.identifier_id = i.id
WHERE i.match_key = ANY(%s)
"""
# The planner reads whole tables for it where it thinks that cheaper, which would flatter the look-up.
INDEXED = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_seqscan = off"
LARGE = ("indicators_identifier", "submissions_sighting", "submissions_submission")


def measure(rows: int) -> Section:
    section = Section(f"Looking up {VALUES:,} values among {rows:,}")
    officer, analyst = _person(Role.OFFICER), _person(Role.ANALYST)
    taken: dict[str, list[float]] = {"bare": [], "officer": [], "analyst": [], "whole": []}
    cpu: dict[str, list[float]] = {"bare": [], "officer": [], "analyst": []}
    for number in range(ROUNDS + 2):
        values = _values(number, rows // EVERY)
        turns: dict[str, Callable[[], float]] = {
            "bare": partial(_bare, values),
            "officer": partial(_statements, officer, values),
            "analyst": partial(_statements, analyst, values),
        }
        names = list(turns)
        for name in [*names[number % 3 :], *names[: number % 3]]:  # who reads a page first warms it for the others
            before = server_cpu(connection.connection)
            seconds = turns[name]()
            if number >= 2:
                taken[name].append(seconds)
                cpu[name].append(server_cpu(connection.connection) - before)
        if number >= 2:
            taken["whole"].append(_whole(officer, values))
    section.add(
        "the bare indexed query",
        milliseconds(taken["bare"]),
        "the reference: match keys joined to sightings, by indexes",
    )
    for name in ("officer", "analyst"):
        ratio = p95(taken[name]) / p95(taken["bare"])
        beside = f"p95 {ratio:.2f} ×; goal {GOAL}"
        if any(cpu["bare"]):
            beside += f" ({median(cpu[name]) / median(cpu['bare']):.2f} × in CPU time of the server)"
        section.add(f"statements of the look-up, {name}", milliseconds(taken[name]), beside)
        section.require(ratio <= GOAL, f"A look-up of an {name} takes {ratio:.2f} × the bare query: goal {GOAL}.")
    section.add("whole look-up, officer", milliseconds(taken["whole"]), "recognised, lists, statements, put together")
    _hot(section, officer)
    _plans(section, officer, _values(0, rows // EVERY))
    return section


def _person(role: Role) -> User:
    return Membership.objects.filter(roles__contains=[role], ended_at=None).select_related("user")[0].user


def _values(number: int, real: int) -> list[Recognised]:
    """Values of one round: known ones that no other round of a few has, and as many that nobody reported."""
    half = VALUES // 2
    first = FIRST + number * half % max(real - half - FIRST, 1)
    known = range(first, first + half)
    unknown = range(10**9 + number * half, 10**9 + (number + 1) * half)
    return [Recognised("iban", real_value(one)) for pair in zip(known, unknown, strict=True) for one in pair]


def _bare(values: list[Recognised]) -> float:
    keys = [match_key(one.type, one.canonical) for one in values]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INDEXED)
        cursor.execute(WITHOUT_JIT)
        began = time.perf_counter()
        cursor.execute(BARE, [keys])
        cursor.fetchall()
        return time.perf_counter() - began


@contextmanager
def _database_time() -> Iterator[list[float]]:
    """The time of each statement until its rows are here."""
    taken: list[float] = []

    def timed(execute: Any, *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            taken.append(time.perf_counter() - began)

    with connection.execute_wrapper(timed):
        yield taken


def _statements(person: User, values: list[Recognised]) -> float:
    with _database_time() as taken, transaction.atomic():
        reports_of(person, values)
    return sum(taken)


def _whole(person: User, values: list[Recognised]) -> float:
    lines = [Line(place, one.display) for place, one in enumerate(values, 1)]
    began = time.perf_counter()
    with transaction.atomic():
        read = values_read(lines)
        result_of(read, reports_of(person, read.values), known_effects(read.values), "measured")
    return time.perf_counter() - began


def _hot(section: Section, officer: User) -> None:
    """One value that stands 200,000 times in one file, and one that 5,000 submissions report."""
    values = [Recognised("iban", real_value(number)) for number in range(1, FIRST)]
    section.add("two values that stand very often", milliseconds([_statements(officer, values) for _ in range(ROUNDS)]))


def _plans(section: Section, officer: User, values: list[Recognised]) -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        reports_of(officer, values)
        statement = next(one["sql"] for one in queries.captured_queries if "indicators_identifier" in one["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}")
        whole = whole_tables("\n".join(row[0] for row in cursor.fetchall()))
    section.add("tables read from end to end", ", ".join(whole) or "none", "as the plan says")
    section.require(not whole, f"A look-up reads {', '.join(whole)} from end to end.")


def whole_tables(plan: str) -> list[str]:
    """The large tables that a plan reads from end to end."""
    return [table for table in LARGE if f"Seq Scan on {table}" in plan]
