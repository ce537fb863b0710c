"""Submissions that report what is related to a value, one step away: never guessed, never further.

A relation is what a submission says of two values, or what a value itself names (`submissions/relations.py`). What
stands on a list of known values, or is common, relates nothing, on whichever side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from efc_portal.cases.skip_scan import WITHOUT_JIT, submissions_of, submissions_relating
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.querysets import cap, excluded
from efc_portal.indicators.selectors import cap_parameters
from efc_portal.indicators.services import identifier_open
from efc_portal.indicators.types import Recognised
from efc_portal.submissions.enums import RelationKind
from efc_portal.submissions.models import Submission

SHOWN_MAX = 50  # rows on a page
_VALUES_MAX = 500  # values of the given submissions that are looked at

_NAMING_MAX = 200  # submissions in which others name one of these values,
_EACH_MAX = 50  # how many of these in each,
_HOPS_MAX = 5_000  # and how many values in all are looked at
_FINISHED = "s.finished_at IS NOT NULL"
_NAMING_MINE = submissions_relating(
    identifier="mine.identifier_id", relations="true", counts=_FINISHED, most="%(naming)s"
)
_NAMING_IT = submissions_relating(
    identifier="i.id", relations="r.kind = 'names'", counts=_FINISHED, most="most.cap + 1"
)
_REPORTING_IT = submissions_of(identifier="i.id", counts=_FINISHED, most="most.cap + 1")

# A relation counts while its submission is finished. Values below one wider value meet there: a page of a host and
# an address at it, in whichever submissions.
_FIND = f"""
WITH mine AS (
    SELECT DISTINCT identifier_id FROM submissions_sighting
    WHERE submission_id = ANY(%(ids)s::uuid[]) AND withdrawn_at IS NULL LIMIT %(values)s
), hop AS (
    SELECT r.source_id AS one, r.target_id AS other, r.kind
    FROM mine JOIN submissions_relation r ON r.source_id = mine.identifier_id
    JOIN submissions_submission s ON s.id = r.submission_id AND s.finished_at IS NOT NULL
    UNION
    SELECT mine.identifier_id, naming.source_id, naming.kind
    FROM mine CROSS JOIN LATERAL {_NAMING_MINE} theirs CROSS JOIN LATERAL (
        SELECT r.source_id, r.kind FROM submissions_relation r
        WHERE (r.target_id, r.submission_id) >= (mine.identifier_id, theirs.submission_id)
          AND (r.target_id, r.submission_id) <= (mine.identifier_id, theirs.submission_id)
        ORDER BY r.target_id, r.submission_id LIMIT %(each)s
    ) naming
    LIMIT %(hops)s
), near AS MATERIALIZED (
    SELECT i.id, capped.submission_id, count(*) OVER (PARTITION BY i.id) AS reported, most.cap
    FROM (SELECT DISTINCT other FROM hop) hops JOIN indicators_identifier i ON i.id = hops.other
    CROSS JOIN LATERAL (SELECT {cap("i")} AS cap) most
    CROSS JOIN LATERAL (
        SELECT submission_id FROM {_REPORTING_IT} reporting UNION SELECT submission_id FROM {_NAMING_IT} naming
        LIMIT most.cap + 1
    ) capped
    WHERE NOT {excluded("i")}
)
SELECT hop.one, hop.other, hop.kind, near.submission_id
FROM hop JOIN indicators_identifier ours ON ours.id = hop.one JOIN near ON near.id = hop.other
WHERE near.reported <= near.cap AND near.submission_id <> ALL(%(ids)s::uuid[]) AND NOT {excluded("ours")}
ORDER BY hop.one, hop.other, near.submission_id
LIMIT %(rows)s
"""  # noqa: S608  (put together of constants)


@dataclass(frozen=True)
class RelatedRow:
    """A value of ours, the related one, and a submission that reports that."""

    display: str
    relation: str
    related: str
    submission: Submission


def related_elsewhere(user: object, submissions: Iterable[Submission]) -> list[RelatedRow]:
    """What other submissions report that is related to values of these, as far as the person sees them.

    Four statements, however many there are; at most 50 rows.
    """
    ids = [str(one.pk) for one in submissions]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WITHOUT_JIT)
        cursor.execute(
            _FIND,
            {
                "ids": ids,
                "values": _VALUES_MAX,
                "rows": SHOWN_MAX,
                "naming": _NAMING_MAX,
                "each": _EACH_MAX,
                "hops": _HOPS_MAX,
                **cap_parameters(),
            },
        )
        found = cursor.fetchall()
    if not found:
        return []
    visible = Submission.objects.visible_to(user).select_related("data_key", "organisation")
    seen = {one.pk: one for one in visible.filter(pk__in={row[3] for row in found})}
    pks = {pk for row in found for pk in row[:2]}
    identifiers = Identifier.objects.filter(pk__in=pks)
    types = {one.pk: one.type for one in identifiers}
    shown = {pk: Recognised(types[pk], value).display for pk, value in identifier_open(identifiers).items()}
    return [
        RelatedRow(shown[one], str(RelationKind(kind).label), shown[other], seen[pk])
        for one, other, kind, pk in found
        if pk in seen
    ]
