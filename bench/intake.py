"""A file of a million mixed rows, from its bytes to committed sightings, beside PostgreSQL's own COPY of the same rows.

The reference writes what was written, in the order of the file, into fresh tables with the same columns, checks,
indexes and foreign keys: it recognises nothing, seals nothing, and finds nothing again.
"""

from __future__ import annotations

import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psutil
import psycopg2
from django.db import transaction

from bench.figures import Section
from bench.portal import TrialPortal, tree
from bench.rows import file_parts
from deploy.local import servers
from efc_portal.accounts.models import User
from efc_portal.core.blobs import blob_write
from efc_portal.core.models import DataKey
from efc_portal.intake.door import Door
from efc_portal.intake.enums import IntakeStatus
from efc_portal.intake.models import Intake
from efc_portal.intake.reading import Dialect
from efc_portal.intake.rows import Formats, columns_propose
from efc_portal.intake.services import intake_check, intake_describe, intake_upload
from efc_portal.intake.services.files import columns_of

ROWS, MORE_ROWS = 1_000_000, 2_000_000
GOAL = 0.4  # of the reference's speed
MEMORY_MB = 300  # above idle, of all worker processes together
FLAT_MB = 60  # by how much more twice the rows may take
PATIENCE_SECONDS = 3600.0
REPORTER = "jonas@northbank.example"
_IDENTIFIERS = """
    SELECT {columns} FROM indicators_identifier i JOIN (
        SELECT identifier_id, min(position) AS first FROM submissions_sighting
        WHERE submission_id = '{draft}' GROUP BY identifier_id
    ) seen ON seen.identifier_id = i.id ORDER BY seen.first
"""
_SIGHTINGS = "SELECT {columns} FROM submissions_sighting WHERE submission_id = '{draft}' ORDER BY position"


def measure(portal: TrialPortal, rows: int = ROWS, more: int = MORE_ROWS) -> Section:
    section = Section(f"A file of {rows:,} mixed rows taken in")
    idle = _pss(portal)
    sealed, checked, peak, intake = _taken_in(portal, rows, "intake")
    reference = _copied(portal, intake)
    ratio = reference / (sealed + checked)
    section.add("PostgreSQL’s COPY into the same indexed tables", f"{reference:.0f} s", "the reference")
    section.add("the same rows from the file to committed sightings", f"{sealed + checked:.0f} s", f"{ratio:.2f} of it")
    section.add("of that, sealed at the door", f"{sealed:.0f} s", "card numbers cut on the way")
    section.add("rows checked and written", f"{rows / checked:,.0f}/s", f"{len(portal.pids('worker'))} workers")
    section.add("memory of the workers", f"{peak - idle:.0f} MB above idle", f"PSS; {idle:.0f} MB idle")
    section.require(ratio >= GOAL, f"{rows:,} rows were taken in at {ratio:.2f} of COPY’s speed, less than {GOAL}.")
    section.require(peak - idle <= MEMORY_MB, f"Taking rows in took {peak - idle:.0f} MB above idle.")
    if more:
        _sealed, more_checked, more_peak, _intake = _taken_in(portal, more, "more")
        section.add(
            f"{more:,} rows: memory", f"{more_peak - idle:.0f} MB above idle", f"{more / more_checked:,.0f} rows/s"
        )
        section.require(
            more_peak - peak <= FLAT_MB, f"Twice the rows took {more_peak - peak:.0f} MB more: memory is not flat."
        )
    return section


def _taken_in(portal: TrialPortal, rows: int, seed: str) -> tuple[float, float, float, Intake]:
    """Seconds at the door, seconds until every sighting is committed, the most memory in MB meanwhile, and the file."""
    reporter = User.objects.get(email=REPORTER)
    parts = list(file_parts(rows, f"{seed} {uuid4()}"))
    data_key, pk, door = DataKey.new("submission"), uuid4(), Door()
    began = time.perf_counter()
    blob = blob_write(door.kept(iter(parts)), data_key=data_key, context=f"intake:{pk}")
    sealed = time.perf_counter() - began
    del parts
    intake = intake_upload(
        draft=None, data_key=data_key, pk=pk, blob=blob, name="rows.csv", truncated=door.truncated, actor=reporter
    )
    dialect = Dialect.from_json(intake.dialect)
    columns = columns_propose(columns_of(intake, dialect))
    with _Memory(portal) as memory:
        began = time.perf_counter()
        with transaction.atomic():
            intake_describe(intake=intake, dialect=dialect, columns=columns, formats=Formats(), actor=reporter)
            intake_check(intake=intake, actor=reporter)
        while intake.status == IntakeStatus.CHECKING:
            if time.perf_counter() - began > PATIENCE_SECONDS:
                raise RuntimeError("The file was not taken in in time.")
            time.sleep(0.1)
            intake.refresh_from_db(fields=["status", "summary"])
        checked = time.perf_counter() - began
    if intake.status != IntakeStatus.CHECKED or intake.summary["good"] != rows:
        raise RuntimeError(f"{intake.summary} of {rows} rows were taken in.")
    return sealed, checked, memory.peak, intake


class _Memory:
    """The most that the worker processes hold of their own, together, while it is looked."""

    def __init__(self, portal: TrialPortal) -> None:
        self.portal, self.peak = portal, 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Memory:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.5):
            self.peak = max(self.peak, _pss(self.portal))


def _pss(portal: TrialPortal) -> float:
    total = 0
    for pid in portal.pids("worker"):
        for process in tree(pid):
            try:
                total += process.memory_full_info().pss
            except psutil.NoSuchProcess:
                continue
    return total / 1e6


def _copied(portal: TrialPortal, intake: Intake) -> float:
    """Seconds that COPY takes for the rows of a file: identifiers once, sightings each, in the order of the file."""
    url = portal.owner.get("DATABASE_URL") or servers.text("DATABASE_URL")
    seconds = 0.0
    with tempfile.TemporaryDirectory(dir=portal.folder) as folder, closing(psycopg2.connect(url)) as connection:
        for table, query in (("indicators_identifier", _IDENTIFIERS), ("submissions_sighting", _SIGHTINGS)):
            file = Path(folder) / table
            columns = _columns(connection, table)
            with connection.cursor() as cursor, file.open("wb") as out:
                prefixed = ", ".join(f"i.{one}" if query is _IDENTIFIERS else one for one in columns)
                wanted = query.format(columns=prefixed, draft=intake.submission_id)
                cursor.copy_expert(f"COPY ({wanted}) TO STDOUT", out)
                fresh = f"bench_{table}"
                cursor.execute(f"DROP TABLE IF EXISTS {fresh} CASCADE")
                cursor.execute(f"CREATE TABLE {fresh} (LIKE {table} INCLUDING ALL)")
                for constraint in _foreign_keys(connection, table):
                    cursor.execute(f"ALTER TABLE {fresh} ADD {constraint}")
            connection.commit()
            began = time.perf_counter()
            with connection.cursor() as cursor, file.open("rb") as source:
                cursor.copy_expert(f"COPY {fresh} ({', '.join(columns)}) FROM STDIN", source)
            connection.commit()
            seconds += time.perf_counter() - began
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE bench_submissions_sighting, bench_indicators_identifier CASCADE")
        connection.commit()
    return seconds


def _columns(connection: psycopg2.extensions.connection, table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
            [table],
        )
        return [row[0] for row in cursor.fetchall()]


def _foreign_keys(connection: psycopg2.extensions.connection, table: str) -> list[str]:
    """The table's own, to the fresh table of identifiers where they lead to identifiers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'",
            [table],
        )
        found = [row[0] for row in cursor.fetchall()]
    return [one.replace("REFERENCES indicators_identifier", "REFERENCES bench_indicators_identifier") for one in found]
