"""Reads of the queue and of cases. Every object is fetched through `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Min, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from efc_portal.accounts.models import User
from efc_portal.cases.models import Case, Consultation, Match
from efc_portal.core.permissions import Permission
from efc_portal.indicators.lifetime import Freshness, Lifetime
from efc_portal.indicators.selectors import cap_parameters
from efc_portal.indicators.services import identifier_open
from efc_portal.indicators.types import Recognised, type_of
from efc_portal.partners.permissions import access_of
from efc_portal.submissions.enums import SightingRole, SubmissionStatus
from efc_portal.submissions.models import Sighting, Submission
from efc_portal.submissions.selectors import lifetimes_for
from efc_portal.submissions.standing import Remark, identifier_standing, linking, remarks_on

QUEUE = (SubmissionStatus.TRIAGE, SubmissionStatus.ASKED)
CONSULTATION_HOURS = 12


def triage_queue(user: object) -> QuerySet[Submission]:
    """What waits for a decision: most urgent first, then what waits for us before what waits for a partner, by age."""
    if not access_of(user).may(Permission.SUBMISSION_TRIAGE):
        return Submission.objects.none()
    return (
        Submission.objects.visible_to(user)
        .filter(status__in=QUEUE)
        .order_by(F("child_in_danger").desc(), F("status").desc(), "finished_at", "id")
    )


def get_triage_for(user: object, pk: UUID) -> Submission:
    """A finished submission as an officer sees it, decided or not."""
    visible = Submission.objects.visible_to(user).exclude(reference=None)
    return get_object_or_404(visible.select_related("data_key", "organisation", "reporter"), pk=pk)


def get_case_for(user: object, pk: UUID) -> Case:
    return get_object_or_404(Case.objects.visible_to(user).select_related("data_key", "lead"), pk=pk)


def match_counts(submissions: Iterable[Submission]) -> dict[UUID, int]:
    """How many other submissions each shares an identifier with, by matches that count: one query for a page."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"ids": [one.pk for one in submissions], **cap_parameters()})
        return dict(cursor.fetchall())


_COUNTS = f"""
WITH pairs AS MATERIALIZED (
    SELECT later_id AS one, earlier_id AS other, identifier_id FROM cases_match WHERE later_id = ANY(%(ids)s)
    UNION ALL
    SELECT earlier_id, later_id, identifier_id FROM cases_match WHERE earlier_id = ANY(%(ids)s)
), counting AS MATERIALIZED (
    SELECT i.id FROM indicators_identifier i
    WHERE i.id IN (SELECT identifier_id FROM pairs) AND {linking("i")}
)
SELECT one, count(DISTINCT other) FROM pairs WHERE identifier_id IN (SELECT id FROM counting) GROUP BY one
"""  # noqa: S608  (put together of constants)


@dataclass(frozen=True)
class MatchRow:
    """An identifier that another submission also reports."""

    submission: Submission
    case: Case | None
    type_label: str
    display: str


def matches_of(submissions: Iterable[Submission], *, outside: bool = False) -> list[MatchRow]:
    """What a submission, or all of a case, shares with others; `outside` leaves out pairs within the given ones.

    Known and common values are left out: what makes hundreds of matches says nothing.
    """
    ids = {one.pk for one in submissions}
    found = Match.objects.filter(Q(later__in=ids) | Q(earlier__in=ids))
    standing = identifier_standing(found.values_list("identifier_id", flat=True).distinct())
    matches = list(
        found.filter(identifier__in=[pk for pk, one in standing.items() if one.links]).select_related(
            "identifier__data_key",
            "earlier__data_key",
            "earlier__organisation",
            "earlier__case_entry__case",
            "later__data_key",
            "later__organisation",
            "later__case_entry__case",
        )
    )
    values = identifier_open([match.identifier for match in matches])
    rows = []
    for match in matches:
        for me, other in ((match.earlier, match.later), (match.later, match.earlier)):
            if me.pk not in ids or (outside and other.pk in ids):
                continue
            entry = getattr(other, "case_entry", None)
            shared = Recognised(match.identifier.type, values[match.identifier_id])
            rows.append(MatchRow(other, entry.case if entry else None, str(type_of(shared.type).label), shared.display))
    return sorted(rows, key=lambda row: (row.submission.reference or "", row.type_label, row.display))


@dataclass(frozen=True)
class CaseIdentifier:
    """One identifier of a case with how many of its submissions report it."""

    pk: int
    type_label: str
    display: str
    roles: str
    reports: int
    lifetime: Lifetime
    freshness: Freshness
    remark: Remark


def identifiers_of(case: Case, user: object) -> list[CaseIdentifier]:
    """The identifiers of a case, most reported first: when each was seen anywhere the person may look, and what keeps
    one from making links."""
    sightings = Sighting.objects.filter(submission__case_entry__case=case, withdrawn_at=None).select_related(
        "identifier__data_key"
    )
    grouped: dict[int, list[Sighting]] = {}
    for sighting in sightings:
        grouped.setdefault(sighting.identifier_id, []).append(sighting)
    values = identifier_open([group[0].identifier for group in grouped.values()])
    remarks = remarks_on(
        {pk: Recognised(group[0].identifier.type, values[pk]) for pk, group in grouped.items()}, for_officer=True
    )
    lifetimes = lifetimes_for(user, [group[0].identifier for group in grouped.values()])
    today = timezone.localdate()
    rows = []
    for identifier_id, group in grouped.items():
        lifetime = lifetimes[identifier_id]
        one = Recognised(group[0].identifier.type, values[identifier_id])
        roles = sorted({str(SightingRole(sighting.role).label) for sighting in group})
        label, freshness = str(type_of(one.type).label), lifetime.freshness(today)
        reports = len({one.submission_id for one in group})
        rows.append(
            CaseIdentifier(
                identifier_id,
                label,
                one.display,
                ", ".join(roles),
                reports,
                lifetime,
                freshness,
                remarks[identifier_id],
            )
        )
    return sorted(rows, key=lambda row: (-row.reports, row.type_label, row.display))


def may_open(case: Case, user: User) -> bool:
    """Whether a person may read a case now: its lead, or whoever stated a reason within a working day."""
    if case.lead_id == user.pk:
        return True
    since = timezone.now() - timedelta(hours=CONSULTATION_HOURS)
    return Consultation.objects.filter(case=case, person=user, at__gte=since).exists()


def cases_for(user: object) -> QuerySet[Case]:
    """Cases with how many submissions each holds and when the first was sent."""
    found: Any = (
        Case.objects.visible_to(user)
        .select_related("data_key", "lead")
        .annotate(number=Count("entries"), first_at=Min("entries__submission__finished_at"))
    )
    return found


@dataclass(frozen=True)
class Pace:
    """How fast the queue moves: decisions of the last seven days and their median time from sending."""

    decided: int
    median: timedelta | None


def triage_pace() -> Pace:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY status_at - finished_at) "
            "FROM submissions_submission WHERE status IN ('accepted', 'declined') AND status_at > %s",
            [timezone.now() - timedelta(days=7)],
        )
        decided, median = cursor.fetchone()
    return Pace(decided, median)
