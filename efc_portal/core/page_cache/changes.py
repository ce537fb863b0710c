"""What changed, told to every web process through the database.

A change is a row of `core_pagechange`, written in the transaction that makes it: its tag and the transaction's number.
Nobody waits for anybody: there is no counter to lock. A reader remembers the oldest transaction that was still open
when it last looked, and asks for the rows of that one and all later ones: whatever it could not see then is among them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

EVERYTHING = "*"  # a tag that every answer has

KEPT_SECONDS = 24 * 60 * 60.0  # so long the rows stay; whoever did not look meanwhile has missed some

_changed_here = 0.0


def cache_changed(*tags: str) -> None:
    """Say that something public changed: each answer that depends on one of the tags is made anew.

    Call it in the transaction of the change. Other processes know within half a second of the commit, this one at once.
    """
    if not tags:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_pagechange (tag, transaction, at) "
            "SELECT tag, pg_current_xact_id()::text::bigint, now() FROM unnest(%s) AS tag",
            [sorted(set(tags))],
        )
    transaction.on_commit(_note)


def _note() -> None:
    global _changed_here
    _changed_here = time.monotonic()


def changed_here() -> float:
    """When a change of this process was last committed (`time.monotonic`)."""
    return _changed_here


def changes_forget() -> int:
    """Delete the rows that every web process has seen long ago; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_pagechange WHERE at < now() - make_interval(secs => %s)", [KEPT_SECONDS])
        return int(cursor.rowcount)


@dataclass(frozen=True)
class Change:
    id: int
    tag: str


class Reader:
    """Reads each change once. The first look finds nothing: it says from where on to read."""

    def __init__(self) -> None:
        self._open_since: int | None = None
        self._seen: frozenset[int] = frozenset()

    def look(self) -> Iterable[str]:
        """The tags that changed since the last look. Raises `DatabaseError` when the database does not answer."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT now.open_since, change.id, change.tag "
                "FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS open_since) AS now "
                "LEFT JOIN core_pagechange AS change ON change.transaction >= coalesce(%s, now.open_since)",
                [self._open_since],
            )
            rows = cursor.fetchall()
        first = self._open_since is None
        found = [Change(number, tag) for _open_since, number, tag in rows if number is not None]
        fresh = [] if first else [one.tag for one in found if one.id not in self._seen]
        self._open_since = rows[0][0]
        self._seen = frozenset(one.id for one in found)
        return fresh
