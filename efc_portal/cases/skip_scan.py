"""Which submissions an identifier stands in, or is named in, without reading every place where it is.

A file of two million rows may name one account a million times, or a million addresses at one domain. The index on
(identifier, submission) is walked from one submission to the next instead: one probe of the index for each, however
many places it has (a loose index scan).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

# In the transaction of a walk: its cost is overrated, and compiling it would take many times as long as running it.
WITHOUT_JIT = "SET LOCAL jit = off"


def submissions_of(*, identifier: str, counts: str, most: str) -> str:
    """SQL of a subquery for use after LATERAL: the submissions an identifier stands in, in the order of their ids.

    Its columns are `submission_id` and `finished_at`. All three parameters are SQL. `identifier` is an expression for
    the identifier's id; `counts` says of a submission `s` whether it counts; the walk ends when `most` of those that
    count were found, so that its cost has a bound. What a submission took back it took back in all its places: the
    first one tells.
    """
    following = f"""
            SELECT seen.submission_id, seen.withdrawn_at FROM submissions_sighting seen
            WHERE seen.identifier_id = {identifier} AND seen.submission_id > walk.submission_id
            ORDER BY seen.submission_id LIMIT 1"""  # noqa: S608  the portal's own SQL
    return _walk(following, counts=f"following.withdrawn_at IS NULL AND ({counts})", most=most)


def submissions_relating(*, identifier: str, relations: str, counts: str, most: str) -> str:
    """As `submissions_of`, for the submissions in which another value is related to the identifier.

    `relations` says of such a relation `r` whether it is looked at. Both columns are compared as one, because that is
    the order of one index alone: another one begins with the submission, and would be read to its end.
    """
    following = f"""
            SELECT r.submission_id FROM submissions_relation r
            WHERE (r.target_id, r.submission_id) > ({identifier}, walk.submission_id) AND r.target_id <= {identifier}
              AND {relations} ORDER BY r.target_id, r.submission_id LIMIT 1"""  # noqa: S608  the portal's own SQL
    return _walk(following, counts=counts, most=most)


def _walk(following: str, *, counts: str, most: str) -> str:
    return f"""(
    WITH RECURSIVE walk (submission_id, finished_at, counts, counted) AS (
        SELECT '00000000-0000-0000-0000-000000000000'::uuid, NULL::timestamptz, false, 0
        UNION ALL
        SELECT s.id, s.finished_at, judged.counts, walk.counted + judged.counts::int
        FROM walk
        CROSS JOIN LATERAL ({following}
        ) following
        JOIN submissions_submission s ON s.id = following.submission_id
        CROSS JOIN LATERAL (SELECT {counts} AS counts OFFSET 0) judged
        WHERE walk.counted < {most}
    )
    SELECT submission_id, finished_at FROM walk WHERE counts
)"""  # noqa: S608  the portal's own SQL


def subquery_of(found: QuerySet[Any], *columns: str) -> tuple[str, tuple[Any, ...]]:
    """A queryset as SQL of these columns with its parameters; of no rows where it is known to have none."""
    try:
        sql, parameters = found.order_by().values_list(*columns).query.sql_with_params()
    except EmptyResultSet:
        return f"SELECT {', '.join(columns)} FROM {found.model._meta.db_table} WHERE false", ()  # noqa: S608
    return sql, parameters
