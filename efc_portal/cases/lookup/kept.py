"""The result of a look-up, kept in the sealed session until the next one, or until the session ends.

So the page can be loaded again, left and come back to without looking anything up once more, and values stand in no
address. What is kept of a line that holds no value has no card number in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

from efc_portal.cases.lookup.reading import Read, Wrong
from efc_portal.cases.lookup.selectors import Report
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.enums import MatchRule
from efc_portal.indicators.lifetime import Freshness, Lifetime
from efc_portal.indicators.selectors import Known
from efc_portal.indicators.types import TYPES
from efc_portal.submissions.enums import SightingRole

KEY = "look_up"
NAMED_MAX = 5  # submissions of one value that are named


@dataclass(frozen=True)
class Link:
    """A reference, and the id of what it names."""

    id: str
    reference: str


@dataclass(frozen=True)
class Row:
    """One value of a result. `identifier_id` is None when nothing is known of it."""

    lines: list[int]
    value: Recognised
    note: str = ""  # why it stands on a list of known values
    identifier_id: int | None = None
    submissions: int = 0
    is_counted: bool = True
    lifetime: Lifetime | None = None
    roles: tuple[str, ...] = ()
    named: tuple[Link, ...] = ()
    cases: tuple[Link, ...] = ()

    @property
    def is_weak(self) -> bool:
        return self.value.declaration.match_rule == MatchRule.WEAK

    @property
    def roles_text(self) -> str:
        return ", ".join(str(SightingRole(role).label) for role in self.roles)

    @property
    def freshness(self) -> Freshness | None:
        return self.lifetime.freshness(timezone.localdate()) if self.lifetime else None

    @property
    def unnamed(self) -> int:
        """How many of the counted submissions are not named."""
        return self.submissions - len(self.named)


@dataclass(frozen=True)
class Result:
    """What a look-up found, as of when, and why it was asked."""

    at: datetime
    why: str
    rows: list[Row]
    wrong: list[Wrong]

    @property
    def known(self) -> list[Row]:
        return [row for row in self.rows if row.identifier_id is not None]

    @property
    def unknown(self) -> list[Row]:
        return [row for row in self.rows if row.identifier_id is None]

    @property
    def listed(self) -> list[Row]:
        return [row for row in self.rows if row.note]

    @property
    def references(self) -> list[str]:
        """Every submission and case that it names, for the record."""
        named = {link.reference for row in self.rows for link in (*row.named, *row.cases)}
        return sorted(named)


def result_of(read: Read, reports: Mapping[Recognised, Report], known: Mapping[Recognised, Known], why: str) -> Result:
    rows = [_row(lines, one, reports.get(one), known.get(one)) for one, lines in read.values.items()]
    return Result(timezone.now(), why, rows, read.wrong)


def _row(lines: list[int], one: Recognised, report: Report | None, known: Known | None) -> Row:
    note = known.reason if known else ""
    if report is None:
        return Row(lines, one, note)
    newest = report.newest()
    cases = {seen.case[0]: Link(str(seen.case[0]), seen.case[1]) for seen in newest if seen.case}
    return Row(
        lines,
        one,
        note,
        report.identifier_id,
        len(newest) if report.is_counted else len(newest) - 1,
        report.is_counted,
        Lifetime(one.type, report.first_seen, report.last_seen),
        tuple(sorted(report.roles)),
        tuple(Link(str(seen.id), seen.reference) for seen in newest[:NAMED_MAX]),
        tuple(list(cases.values())[:NAMED_MAX]),
    )


def result_keep(session: SessionBase, result: Result) -> None:
    session[KEY] = {
        "at": result.at.isoformat(),
        "why": result.why,
        "rows": [_packed(row) for row in result.rows],
        "wrong": [[one.line, one.text, one.why] for one in result.wrong],
    }


def result_kept(session: SessionBase) -> Result | None:
    """The result of the session's last look-up. Values of a type that is gone since are left out."""
    kept: dict[str, Any] | None = session.get(KEY)
    if kept is None:
        return None
    rows = [_unpacked(*row) for row in kept["rows"] if row[1] in TYPES]
    return Result(datetime.fromisoformat(kept["at"]), kept["why"], rows, [Wrong(*one) for one in kept["wrong"]])


def result_forget(session: SessionBase) -> None:
    session.pop(KEY, None)


def _packed(row: Row) -> list[Any]:
    head = [row.lines, row.value.type, row.value.canonical, row.note]
    if row.lifetime is None:
        return head
    days = [row.lifetime.first_seen.isoformat(), row.lifetime.last_seen.isoformat()]
    links = [[[link.id, link.reference] for link in links] for links in (row.named, row.cases)]
    return [*head, row.identifier_id, row.submissions, row.is_counted, days, row.roles, *links]


def _unpacked(lines: list[int], kind: str, canonical: str, note: str, *known: Any) -> Row:
    one = Recognised(kind, canonical)
    if not known:
        return Row(lines, one, note)
    identifier_id, submissions, is_counted, days, roles, named, cases = known
    first, last = (datetime.fromisoformat(day).date() for day in days)
    links = [tuple(Link(*link) for link in links) for links in (named, cases)]
    lifetime = Lifetime(kind, first, last)
    return Row(lines, one, note, identifier_id, submissions, is_counted, lifetime, tuple(roles), *links)
