"""One identifier over every submission that a person may see, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q

from efc_portal.cases.models import Case
from efc_portal.cases.skip_scan import WITHOUT_JIT, submissions_of, subquery_of
from efc_portal.core.money import money_text
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.services import identifier_open
from efc_portal.indicators.types import Recognised
from efc_portal.submissions.enums import Method, RelationKind, SightingRole, SightingSource
from efc_portal.submissions.models import Relation, Sighting, Submission
from efc_portal.submissions.standing import Remark, remarks_on

LISTED_MAX = 10_000  # submissions of one identifier
PLACES_MAX = 5  # places of one submission that are shown
RELATED_MAX = 50  # values that are related to it

_PLACES = """
SELECT wanted.id, place.*
FROM unnest(%(submissions)s::uuid[]) wanted (id)
CROSS JOIN LATERAL (
    SELECT role, source, amount, currency, seen_on, method FROM submissions_sighting
    WHERE identifier_id = %(identifier)s AND submission_id = wanted.id LIMIT %(most)s
) place
"""


@dataclass(frozen=True)
class Place:
    """One place of a submission that names the identifier."""

    role: str
    source: str
    amount: str
    seen_on: date | None
    method: str


@dataclass(frozen=True)
class SightedIn:
    """A submission that reports the identifier, its first places there, and the case it lies in."""

    submission: Submission
    case: Case | None
    places: list[Place]
    more: bool

    @property
    def at(self) -> datetime | None:
        return self.submission.finished_at


@dataclass(frozen=True)
class RelatedValue:
    """A value that is related to the identifier, in what way, and in how many submissions it is said.

    Not every one is reported itself: a page names its domain.
    """

    pk: int
    relation: str
    value: Recognised
    remark: Remark
    submissions: int
    is_reported: bool


def submissions_with(user: object, identifier: Identifier) -> list[UUID]:
    """The submissions that stand for an identifier, as far as the person sees them, newest first.

    Ten thousand at most; two statements, in a transaction.
    """
    visible, of_visible = subquery_of(Submission.objects.visible_to(user).exclude(finished_at=None), "id")
    counts = f"EXISTS (SELECT FROM ({visible}) v WHERE v.id = s.id)"
    walk = submissions_of(identifier="%s", counts=counts, most=str(LISTED_MAX))
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_JIT)
        cursor.execute(
            f"SELECT submission_id FROM {walk} found ORDER BY finished_at DESC, submission_id",  # noqa: S608
            [identifier.pk, *of_visible],
        )
        return [row[0] for row in cursor.fetchall()]


def sighted_in(user: object, identifier: Identifier, wanted: Sequence[UUID]) -> list[SightedIn]:
    """These submissions, in their order, as far as the person sees them: two statements."""
    found = Submission.objects.visible_to(user).select_related("organisation", "case_entry__case").in_bulk(wanted)
    places = _places(identifier, found)
    return [_sighted(found[pk], places.get(pk, [])) for pk in wanted if pk in found]


def _sighted(submission: Submission, places: list[Place]) -> SightedIn:
    entry = getattr(submission, "case_entry", None)
    return SightedIn(submission, entry.case if entry else None, places[:PLACES_MAX], len(places) > PLACES_MAX)


def _places(identifier: Identifier, submissions: Iterable[UUID]) -> dict[UUID, list[Place]]:
    values: dict[str, Any] = {"submissions": list(submissions), "identifier": identifier.pk, "most": PLACES_MAX + 1}
    places: dict[UUID, list[Place]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, values)
        for pk, *columns in cursor.fetchall():
            places.setdefault(pk, []).append(_place(*columns))
    return places


def _place(role: str, source: str, amount: Any, currency: str, seen_on: date | None, method: str) -> Place:
    return Place(
        str(SightingRole(role).label),
        str(SightingSource(source).label),
        money_text(amount, currency) if amount is not None else "",
        seen_on,
        str(Method(method).label) if method else "",
    )


def related_values(user: object, identifier: Identifier) -> list[RelatedValue]:
    """The values related to it, as finished submissions say that the person may see: those said most often first.

    Of very many relations the first ten thousand on each side are looked at. The same number of statements always.
    """
    visible = Submission.objects.visible_to(user).exclude(finished_at=None)
    sides = [Relation.objects.filter(**{side: identifier}).order_by()[:LISTED_MAX] for side in ("source", "target")]
    looked_at = Q(pk__in=sides[0].values("pk")) | Q(pk__in=sides[1].values("pk"))
    found = list(
        Relation.objects.filter(looked_at, submission__in=visible)
        .order_by()
        .values_list("source_id", "target_id", "kind")
        .annotate(said=Count("submission", distinct=True))
        .order_by("-said", "kind", "source_id", "target_id")[:RELATED_MAX]
    )
    places = Sighting.objects.filter(identifier=OuterRef("pk"), submission__in=visible, withdrawn_at=None)
    with_places = Identifier.objects.annotate(is_reported=Exists(places))
    others = with_places.in_bulk({pk for row in found for pk in row[:2]} - {identifier.pk})
    opened = identifier_open(others.values())
    values = {pk: Recognised(others[pk].type, opened[pk]) for pk in others}
    remarks = remarks_on(values, for_officer=True)
    rows = []
    for source, target, kind, said in found:
        read = RelationKind(kind)
        other, relation = (target, str(read.label)) if source == identifier.pk else (source, read.backwards)
        rows.append(RelatedValue(other, relation, values[other], remarks[other], said, others[other].is_reported))
    return rows
