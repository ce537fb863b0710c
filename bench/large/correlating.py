"""Correlating one new submission of fifty identifiers, in a database of one million and in one of ten, by turns."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from statistics import mean
from typing import Any

import psycopg2

from bench.figures import Section, median, p95
from bench.large.build import EVERY
from bench.large.clock import server_cpu
from bench.large.looking_up import whole_tables
from efc_portal.cases.correlate import INSERT_MATCHES
from efc_portal.cases.skip_scan import WITHOUT_JIT
from efc_portal.indicators.selectors import cap_parameters

IDENTIFIERS = 50
BULK = 100_000
ROUNDS = 100
MOST_SECONDS, GROWTH = 0.020, 1.3

_SUBMISSION = """
WITH one AS (SELECT * FROM submissions_submission WHERE finished_at IS NOT NULL LIMIT 1),
made AS (
    INSERT INTO core_datakey (id, purpose, kek_id, wrapped, created_at)
    SELECT gen_random_uuid(), purpose, kek_id, wrapped, now() FROM core_datakey LIMIT 1 RETURNING id
)
INSERT INTO submissions_submission (
    id, reference, organisation_id, reporter_id, provider_country, status, status_at, created_at, saved_at, saves,
    finished_at, data_key_id, content, child_in_danger, contains_str, tlp, source_grade, information_grade,
    handling_codes, red_flags, red_flags_version, methods, countries, decline_reason,
    file_rows, file_summary)
SELECT gen_random_uuid(), 'S-measured', organisation_id, reporter_id, provider_country, 'normalised', now(), now(),
       now(), 0, now(), made.id, content, false, false, tlp, source_grade, information_grade,
       '{}', '{}', '', '{}', '{}', '', 0, '{}'
FROM one, made RETURNING id
"""
_SIGHTINGS = """
INSERT INTO submissions_sighting (submission_id, identifier_id, position, role, source, country, currency, method)
SELECT %s, id, place, 'recipient', 'reported', '', '', '' FROM unnest(%s::bigint[]) WITH ORDINALITY given (id, place)
"""


@dataclass
class Taken:
    """Seconds of each correlation, by the clock and of the server process's own CPU time."""

    clock: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{mean(self.cpu) * 1000:.1f} ms of CPU time; {_text(self.clock)} by the clock"


def measure(few_url: str, many_url: str, few: int, many: int) -> Section:
    """What must hold is asked of CPU time: a machine that is busy with other things lengthens the clock's alone.

    Where the server runs on another machine, the clock's time is taken for it.
    """
    section = Section(f"Correlating a new submission of {IDENTIFIERS} identifiers among {few:,} and {many:,}")
    chosen = random.Random("correlating")
    taken = {few: Taken(), many: Taken()}
    with closing(psycopg2.connect(few_url)) as less, closing(psycopg2.connect(many_url)) as more:
        pairs = ((few, less), (many, more))
        for number in range(ROUNDS + 5):
            for rows, database in pairs if number % 2 else reversed(pairs):
                identifiers = [chosen.randrange(EVERY * 3, rows) for _ in range(IDENTIFIERS)]
                _correlated(database, identifiers, taken[rows] if number >= 5 else Taken())
        for rows, found in taken.items():
            section.add(f"time in the database, {rows:,}", str(found), f"goal {MOST_SECONDS * 1000:.0f} ms")
            section.require(mean(found.cpu) <= MOST_SECONDS, f"Correlating among {rows:,} takes {found}.")
        growth = mean(taken[many].cpu) / mean(taken[few].cpu)
        section.add(f"growth from {few:,} to {many:,}", f"{growth:.2f} ×", f"of the CPU time; goal {GROWTH}")
        section.require(growth <= GROWTH, f"Correlating grows by {growth:.2f}; {GROWTH} is the goal.")
        often, found = [EVERY, EVERY * 2], Taken()
        for _ in range(20):
            others = [chosen.randrange(EVERY * 3, many) for _ in range(IDENTIFIERS - len(often))]
            _correlated(more, [*often, *others], found)
        section.add("with two values that stand very often", str(found), "200,000 places; 5,000 submissions")
        found = Taken()
        _correlated(more, range(EVERY * 3, EVERY * 3 + BULK), found)
        bulk = found.clock[0]
        section.add(
            f"a file of {BULK:,} identifiers, all known", f"{bulk:.1f} s", f"{BULK / bulk:,.0f}/s, matches written"
        )
        _plan(section, more, [*often, *others])
    return section


@contextmanager
def _new(database: Any, identifiers: Sequence[int]) -> Iterator[tuple[Any, str]]:
    """A new submission of these identifiers, which is gone afterwards."""
    with database.cursor() as cursor:
        cursor.execute(_SUBMISSION)
        (pk,) = cursor.fetchone()
        cursor.execute(_SIGHTINGS, [pk, list(identifiers)])
        cursor.execute(WITHOUT_JIT)
        try:
            yield cursor, pk
        finally:
            database.rollback()


def _correlated(database: Any, identifiers: Sequence[int], taken: Taken) -> None:
    with _new(database, identifiers) as (cursor, pk):
        cpu, began = server_cpu(database), time.perf_counter()
        cursor.execute(INSERT_MATCHES, {"pk": pk, **cap_parameters()})
        seconds = time.perf_counter() - began
        taken.clock.append(seconds)
        taken.cpu.append(server_cpu(database) - cpu if cpu else seconds)


def _plan(section: Section, database: Any, identifiers: list[int]) -> None:
    with _new(database, identifiers) as (cursor, pk):
        cursor.execute(f"EXPLAIN {INSERT_MATCHES}", {"pk": pk, **cap_parameters()})
        whole = whole_tables("\n".join(row[0] for row in cursor.fetchall()))
    section.add("tables read from end to end", ", ".join(whole) or "none", "as the plan says")
    section.require(not whole, f"Correlating reads {', '.join(whole)} from end to end.")


def _text(seconds: list[float]) -> str:
    return f"{median(seconds) * 1000:.1f} ms, p95 {p95(seconds) * 1000:.1f} ms"
