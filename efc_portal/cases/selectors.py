"""Reads of the queue and of cases. Every object is fetched through `visible_to`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404
from django.utils import timezone

from efc_portal.accounts.models import User
from efc_portal.cases.models import Case, Consultation, Match
from efc_portal.core.permissions import Permission
from efc_portal.indicators.lifetime import Freshness, Lifetime
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.selectors import cap_parameters
from efc_portal.indicators.services import identifier_open
from efc_portal.indicators.types import Recognised, type_of
from efc_portal.partners.permissions import access_of
from efc_portal.submissions.enums import SightingRole, SubmissionStatus
from efc_portal.submissions.models import FILE_POSITIONS, Sighting, Submission
from efc_portal.submissions.selectors import lifetimes_for
from efc_portal.submissions.standing import Remark, identifier_standing, linking, remarks_on

QUEUE = (SubmissionStatus.TRIAGE, SubmissionStatus.ASKED)
CONSULTATION_HOURS = 12
LISTED = 300  # identifiers of a case, or matches of a submission, that one page lists
LOOKED_AT = 10 * LISTED  # of the newest matches, whose identifiers may be known or common
COUNTED_EXACTLY = 20_000  # rows of files up to which all identifiers of a case are looked through for its page


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

    Known and common values are left out: what makes hundreds of matches says nothing. Of more than `LISTED` matches,
    those that were found last.
    """
    ids = {one.pk for one in submissions}
    found = Match.objects.holding().filter(Q(later__in=ids) | Q(earlier__in=ids)).order_by("-found_at", "-pk")
    if outside:
        found = found.exclude(later__in=ids, earlier__in=ids)
    standing = identifier_standing(set(found.values_list("identifier_id", flat=True)[:LOOKED_AT]))
    matches = list(
        found.filter(identifier__in=[pk for pk, one in standing.items() if one.links]).select_related(
            "identifier__data_key",
            "earlier__data_key",
            "earlier__organisation",
            "earlier__case_entry__case",
            "later__data_key",
            "later__organisation",
            "later__case_entry__case",
        )[:LISTED]
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
    """The identifiers of a case, most reported first and no more than `LISTED`: when each was seen anywhere the person
    may look, and what keeps one from making links.

    Where its submissions hold very many rows of files, only what was typed, what stands in the texts, and what two of
    them share: the rest stands on the submissions' own pages.
    """
    ids = list(case.entries.values_list("submission_id", flat=True))
    sightings = Sighting.objects.filter(submission__in=ids, withdrawn_at=None).order_by()
    if rows_in_files(ids) > COUNTED_EXACTLY:
        within = Match.objects.filter(earlier__in=ids, later__in=ids)
        shared = within.values_list("identifier_id", flat=True)[:LISTED]
        sightings = sightings.filter(Q(position__lt=FILE_POSITIONS) | Q(identifier__in=list(shared)))
    grouped = (
        sightings.values("identifier_id")
        .annotate(reports=Count("submission_id", distinct=True), roles=ArrayAgg("role", distinct=True))
        .order_by("-reports", "identifier_id")[:LISTED]
    )
    found = {row["identifier_id"]: row for row in grouped}
    identifiers = Identifier.objects.in_bulk(found)
    values = identifier_open(identifiers.values())
    recognised = {pk: Recognised(identifiers[pk].type, values[pk]) for pk in found}
    remarks = remarks_on(recognised, for_officer=True)
    lifetimes = lifetimes_for(user, list(identifiers.values()))
    today = timezone.localdate()
    rows = []
    for pk, row in found.items():
        one, lifetime = recognised[pk], lifetimes[pk]
        roles = ", ".join(sorted(str(SightingRole(role).label) for role in row["roles"]))
        label, freshness = str(type_of(one.type).label), lifetime.freshness(today)
        rows.append(CaseIdentifier(pk, label, one.display, roles, row["reports"], lifetime, freshness, remarks[pk]))
    return sorted(rows, key=lambda row: (-row.reports, row.type_label, row.display))


def rows_in_files(submissions: Iterable[UUID]) -> int:
    """How many rows of files some submissions hold."""
    held = Submission.objects.filter(pk__in=list(submissions)).aggregate(rows=Sum("file_rows"))["rows"]
    return held or 0


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
