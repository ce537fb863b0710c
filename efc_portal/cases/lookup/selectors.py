"""What is known of values, as far as a person may see it.

What one may not see must not show, in words or in time. Every look-up is the same two statements, in which nothing but
the match keys differs. A value that nobody reported and one that only others did are both looked for in the index of
match keys; places of the second are read and fall out *inside the database*, by `visible_to`, before anything is
counted, so that both have the same empty answer. What is left is the time of passing over: a few microseconds for each
submission that the person does not see. `timing.py` rounds that away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from efc_portal.cases.models import Case
from efc_portal.cases.skip_scan import WITHOUT_JIT, submissions_of, subquery_of
from efc_portal.core.encryption import match_key
from efc_portal.indicators.declaration import Recognised
from efc_portal.submissions.models import Submission

COUNTED_MAX = 100  # submissions of one value: beyond them it says “more than”
_FEW = 20  # places of one value that are read one by one; whoever has more is walked through
_PLACES = 50  # places of one submission that its days and parts are taken from, in a walk

# What differs between two look-ups are the match keys alone: a value of many places is walked through inside the same
# statement. LIMIT 1 keeps it at one probe for each submission and case.
_REPORTS = """
WITH near AS MATERIALIZED (
    SELECT i.match_key, i.id,
           EXISTS (SELECT FROM submissions_sighting seen WHERE seen.identifier_id = i.id OFFSET {few}) AS often
    FROM indicators_identifier i WHERE i.match_key = ANY(%s)
), standing AS (
    SELECT near.match_key, near.id, place.submission_id, place.role, place.seen_on
    FROM near
    CROSS JOIN LATERAL (
        SELECT submission_id, role, seen_on, withdrawn_at FROM submissions_sighting
        WHERE identifier_id = near.id LIMIT {few}
    ) place
    WHERE NOT near.often AND place.withdrawn_at IS NULL
    UNION ALL
    SELECT near.match_key, near.id, found.submission_id, place.role, place.seen_on
    FROM near
    CROSS JOIN LATERAL {walk} found
    CROSS JOIN LATERAL (
        SELECT DISTINCT role, seen_on
        FROM (SELECT role, seen_on FROM submissions_sighting
              WHERE identifier_id = near.id AND submission_id = found.submission_id LIMIT {places}) first_ones
    ) place
    WHERE near.often
)
SELECT standing.match_key, standing.id, standing.role, standing.seen_on, s.*, c.*
FROM standing
CROSS JOIN LATERAL (SELECT * FROM ({visible}) v WHERE v.id = standing.submission_id LIMIT 1) s
LEFT JOIN LATERAL (
    SELECT * FROM ({cases}) v
    WHERE v.id = (SELECT e.case_id FROM cases_casesubmission e WHERE e.submission_id = s.id) LIMIT 1
) c ON true
"""


@dataclass(frozen=True)
class Seen:
    """A submission that reports a value, and the case it lies in; both as far as the person sees them."""

    id: UUID
    reference: str
    at: datetime
    case: tuple[UUID, str] | None


@dataclass
class Report:
    """What a person may see of one value. A day is the sighting's own, else its submission's period, else its sending.

    Where a submission names a value more than fifty times, roles and days are those of the first fifty places and of
    its period.
    """

    identifier_id: int
    roles: set[str] = field(default_factory=set)
    first_seen: date = date.max
    last_seen: date = date.min
    submissions: dict[UUID, Seen] = field(default_factory=dict)

    @property
    def is_counted(self) -> bool:
        """Whether `submissions` are all there are."""
        return len(self.submissions) <= COUNTED_MAX

    def newest(self) -> list[Seen]:
        return sorted(self.submissions.values(), key=lambda one: (one.at, one.reference), reverse=True)

    def add(self, role: str, seen_on: date | None, submission: Sequence[Any], case: Sequence[Any]) -> None:
        pk, reference, at, period_from, period_to = submission
        sent = timezone.localtime(at).date()
        self.roles.add(role)
        self.first_seen = min(self.first_seen, seen_on or period_from or sent)
        self.last_seen = max(self.last_seen, seen_on or period_to or sent)
        self.submissions[pk] = Seen(pk, reference, at, (case[0], case[1]) if case[0] else None)


def reports_of(user: object, recognised: Iterable[Recognised]) -> dict[Recognised, Report]:
    """What the person may see of these values; what that is nothing of is left out. Two statements, in a transaction.

    The same for a value that nobody reported, or only others did (see above).
    """
    by_key = {match_key(one.type, one.canonical): one for one in recognised}
    visible, of_visible = subquery_of(
        Submission.objects.visible_to(user).exclude(finished_at=None),
        "id",
        "reference",
        "finished_at",
        "period_from",
        "period_to",
    )
    cases, of_cases = subquery_of(Case.objects.visible_to(user), "id", "reference")
    walk = submissions_of(
        identifier="near.id",
        counts=f"EXISTS (SELECT FROM ({visible}) v WHERE v.id = s.id)",
        most=str(COUNTED_MAX + 1),
    )
    statement = _REPORTS.format(few=_FEW, walk=walk, places=_PLACES, visible=visible, cases=cases)
    reports: dict[Recognised, Report] = {}
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_JIT)
        cursor.execute(statement, [list(by_key), *of_visible, *of_visible, *of_cases])
        for key, pk, role, seen_on, *rest in cursor.fetchall():
            report = reports.setdefault(by_key[bytes(key)], Report(pk))
            report.add(role, seen_on, rest[:5], rest[5:])
    return reports
