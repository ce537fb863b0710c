"""What is due for the secretariat: each part of membership registers its own, one page shows them all.

    @due("agency_keys", _("Agency keys to confirm"), order=10)
    def agency_keys() -> Due:
        return Due(Agency.objects.filter(…).order_by("key_set_at"), lambda agency: DueRow(agency.name, url, since))

Such a function stands in a part's `due.py`, which is imported when Django starts. It only builds a queryset, the oldest
first; the page counts all groups in one query and reads the first rows of each that has any. `row` must ask no
further query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from efc_portal.core.counts import counts_of
from efc_portal.core.permissions import Permission
from efc_portal.partners.permissions import access_of

SHOWN = 5  # of each group on the page of all


@dataclass(frozen=True)
class DueRow:
    """One thing that is due: what, where it is done (empty: nowhere yet), since when, and until when it must be."""

    text: Any
    url: str = ""
    since: date | datetime | None = None
    until: date | datetime | None = None


@dataclass(frozen=True)
class Due:
    """What is due of one group, the oldest first, and how one of it reads as a row."""

    found: QuerySet[Any]
    row: Callable[[Any], DueRow]


@dataclass(frozen=True)
class Group:
    code: str
    label: Any
    order: int
    permission: Permission
    ask: Callable[[], Due]


@dataclass(frozen=True)
class Shown:
    """A group as the page shows it."""

    group: Group
    count: int
    rows: list[DueRow]

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


_groups: dict[str, Group] = {}


def due(
    code: str, label: Any, *, order: int, permission: Permission = Permission.MEMBERS_VIEW
) -> Callable[[Callable[[], Due]], Callable[[], Due]]:
    """Register a group. `code` stands in its address (a slug); `permission`: who can do what is due, and sees it."""

    def register(ask: Callable[[], Due]) -> Callable[[], Due]:
        if code in _groups:
            raise ValueError(f"two groups of what is due are called {code}")
        _groups[code] = Group(code, label, order, permission, ask)
        return ask

    return register


def groups_for(user: object) -> list[Group]:
    """The groups that a person sees, in their order."""
    access = access_of(user)
    mine = [one for one in _groups.values() if access.may(one.permission)]
    return sorted(mine, key=lambda one: (one.order, one.code))


def due_for(user: object) -> list[Shown]:
    """Each group with its count and its first rows; what nothing is due of is there with a count of 0."""
    asked = {group: group.ask() for group in groups_for(user)}
    counts = counts_of({group.code: one.found for group, one in asked.items()})
    return [
        Shown(group, counts[group.code], [one.row(row) for row in one.found[:SHOWN]] if counts[group.code] else [])
        for group, one in asked.items()
    ]


def due_count(user: object) -> int:
    return sum(counts_of({group.code: group.ask().found for group in groups_for(user)}).values())
