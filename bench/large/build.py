"""`python -m bench.large.build ROWS`: that many identifiers and their sightings, by SQL, in some minutes.

Runs as the role that owns the tables, in a database that was migrated and is otherwise empty. Every `EVERY`th
identifier is a real value with its real match key and seal: those are looked up. All others have random bytes of the
same size in both places, which nothing ever opens; so have the submissions.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.db import connection

EVERY = 500  # one identifier of so many is a real one
EACH = 500  # sightings of a submission
CHUNK = 1_000_000
OFTEN, COMMON = 200_000, 5_000  # places of one value in one file; submissions that report another
SHAPE = 2  # of what is built: a database of another shape is built anew
_TABLES = ("indicators_identifier", "submissions_sighting")

_IDENTIFIERS = """
INSERT INTO indicators_identifier (id, type, match_key, value_sealed, data_key_id, first_seen_at)
SELECT n, 'iban', coalesce(real.match_key, sha256(int8send(n))),
       coalesce(real.value_sealed, '\\x01'::bytea || sha256(int8send(-n)) || substr(sha256(int8send(n)), 1, 14)),
       %(key)s, now() - n %% 700 * interval '1 day'
FROM generate_series(%(first)s, %(last)s) n LEFT JOIN real ON real.id = n
"""
_SUBMISSIONS = """
WITH made AS (
    INSERT INTO core_datakey (id, purpose, kek_id, wrapped, created_at)
    SELECT gen_random_uuid(), 'submission', kek_id, wrapped, now()
    FROM generate_series(1, %(number)s), (SELECT kek_id, wrapped FROM core_datakey LIMIT 1) one
    RETURNING id
), numbered AS (SELECT id AS key, row_number() OVER () AS n FROM made),
members AS (
    SELECT m.organisation_id, m.user_id, o.country, row_number() OVER () - 1 AS n, count(*) OVER () AS number
    FROM partners_membership m JOIN partners_organisation o ON o.id = m.organisation_id
    WHERE o.kind = 'partner' AND m.ended_at IS NULL
)
INSERT INTO submissions_submission (
    id, reference, organisation_id, reporter_id, provider_country, status, status_at, created_at, saved_at, saves,
    finished_at, data_key_id, content, child_in_danger, contains_str, tlp, source_grade, information_grade,
    handling_codes, red_flags, red_flags_version, methods, countries, decline_reason,
    file_rows, file_summary)
SELECT gen_random_uuid(), 'S-2020-' || lpad(numbered.n::text, 6, '0'), organisation_id, user_id, country, 'declined',
       at, at, at, 0, at, key, '\\x01', false, false, 'TLP:AMBER', 'A', '2', '{}', '{}', '', '{bank_transfer}', '{DE}',
       'duplicate', 0, '{}'
FROM numbered JOIN members ON members.n = numbered.n %% members.number,
     LATERAL (SELECT now() - numbered.n * interval '1 minute' AS at) times
"""
_NUMBERED = """
CREATE TEMPORARY TABLE numbered AS
SELECT id, row_number() OVER (ORDER BY reference) - 1 AS n FROM submissions_submission
"""
_PLACES = """
INSERT INTO submissions_sighting (submission_id, identifier_id, position, role, source, country, currency, method)
"""
_ONCE = f"""
{_PLACES} SELECT s.id, place, place %% {EACH}, 'recipient', 'reported', 'DE', '', ''
FROM generate_series(%(first)s, %(last)s) place JOIN numbered s ON s.n = (place - 1) / {EACH}
"""
# One identifier of ten stands in a second submission as well.
_AGAIN = f"""
{_PLACES} SELECT s.id, place * 10, 1000 + place, 'sender', 'file', 'NL', '', ''
FROM generate_series(1, %(rows)s / 10) place JOIN numbered s ON s.n = place::bigint * 7919 %% %(submissions)s
"""
_OFTEN = f"""
{_PLACES} SELECT s.id, {EVERY}, 20000000 + place, 'recipient', 'file', 'DE', '', ''
FROM generate_series(1, {OFTEN}) place, (SELECT id FROM numbered WHERE n = 7) s
"""
_COMMON = f"""
{_PLACES} SELECT s.id, {EVERY} * 2, 30000000, 'recipient', 'file', 'DE', '', ''
FROM numbered s ORDER BY s.n LIMIT {COMMON}
"""


def real_value(number: int) -> str:
    """The canonical IBAN of the real identifier with the id `number * EVERY`; beyond the last, one that is unknown."""
    from efc_portal.demo.values import Invented

    return Invented(f"large {number}").iban("NL")


def built() -> tuple[int, int] | None:
    """How many identifiers a database was built with and in which shape; None when the building did not end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('bench_large')")
        if cursor.fetchone()[0] is None:
            return None
        cursor.execute("SELECT rows, shape FROM bench_large")
        rows, shape = cursor.fetchone()
        return rows, shape


def build(rows: int) -> None:
    from efc_portal.core.services import data_key_current
    from efc_portal.demo import coalition
    from efc_portal.indicators.services import known_values_load_defaults

    _say(f"{rows:,} identifiers: people, known values")
    coalition.load()
    known_values_load_defaults()
    submissions = rows // EACH
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("SET work_mem = '128MB'")
        key = data_key_current(purpose="identifiers")
        _say("the values that will be looked up")
        _copy(cursor, _real_rows(rows // EVERY, key))
        cursor.execute(_SUBMISSIONS, {"number": submissions})
        cursor.execute(_NUMBERED)
        with _without_indexes(cursor):
            for first in range(1, rows + 1, CHUNK):
                last = min(first + CHUNK - 1, rows)
                _say(f"identifiers and sightings to {last:,}")
                cursor.execute(_IDENTIFIERS, {"first": first, "last": last, "key": key.pk})
                cursor.execute(_ONCE, {"first": first, "last": last})
            cursor.execute(_AGAIN, {"rows": rows, "submissions": submissions})
            cursor.execute(_OFTEN)
            cursor.execute(_COMMON)
        for table in _TABLES:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        _say("VACUUM ANALYZE")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CREATE TABLE bench_large AS SELECT %s AS rows, %s AS shape", [rows, SHAPE])


def _real_rows(number: int, key: Any) -> Iterator[str]:
    """Lines for COPY: id, match key and seal of each real identifier."""
    from efc_portal.core.encryption import match_key
    from efc_portal.indicators.models import Identifier

    for one in range(1, number + 1):
        value = real_value(one)
        row = Identifier(type="iban", match_key=match_key("iban", value))
        yield f"{one * EVERY}\t\\\\x{row.match_key.hex()}\t\\\\x{key.seal_text(value, row.context).hex()}\n"


def _copy(cursor: Any, lines: Iterable[str]) -> None:
    cursor.execute("CREATE TEMPORARY TABLE real (id bigint, match_key bytea, value_sealed bytea)")
    text = io.StringIO("".join(lines))
    cursor.cursor.copy_expert("COPY real FROM STDIN", text)
    cursor.execute("ANALYZE real")


@contextmanager
def _without_indexes(cursor: Any) -> Iterator[None]:
    """The tables without their foreign keys and all indexes but the primary key's, which are made anew at the end."""
    cursor.execute(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u') ORDER BY contype DESC",
        [list(_TABLES)],
    )
    constraints = cursor.fetchall()
    for table, name, _definition in constraints:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary",
        [list(_TABLES)],
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for name, definition in indexes:
        _say(f"index {name}")
        cursor.execute(definition)
    for table, name, definition in constraints:
        _say(f"constraint {name}")
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


def main() -> None:
    django.setup()
    rows = int(sys.argv[1])
    if built() != (rows, SHAPE):
        build(rows)


if __name__ == "__main__":
    main()
