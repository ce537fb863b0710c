"""Submissions that report what is related to a value, one step away: never guessed, never further.

A relation is what a submission says of two values, or what a value itself names (`submissions/relations.py`). What
stands on a list of known values, or is common, relates nothing, on whichever side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from efc_portal.cases.skip_scan import WITHOUT_JIT, submissions_of, submissions_relating
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.querysets import cap, excluded
from efc_portal.indicators.selectors import cap_parameters
from efc_portal.indicators.services import identifier_open
from efc_portal.indicators.types import Recognised
from efc_portal.submissions.enums import RelationKind
from efc_portal.submissions.models import Submission

SHOWN_MAX = 50  # pairs on a page
NAMED_MAX = 3  # submissions of a pair that are named, the newest; the others are counted
_VALUES_MAX = 500  # values of the given submissions that are looked at
_PAIRS_MAX = 500  # pairs of them that are looked at
_NAMING_MAX = 200  # submissions in which others name one of these values, that are looked at
_EACH_MAX = 50  # values in each of them
_HOPS_MAX = 5_000  # relations in all

# A relation counts while its submission is finished. Values below one wider value meet there: a page of a host and
# an address at it, in whichever submissions. Two values that both stand here are one pair, whichever names the other.
# A file may hold a million addresses at one domain: whatever is looked for is found by walking an index, and bounded.
_FINISHED = "s.finished_at IS NOT NULL"
_OURS = submissions_of(identifier="i.id", counts=_FINISHED, most="most.cap + 2")
_NAMING_MINE = submissions_relating(
    identifier="mine.identifier_id", relations="true", counts=_FINISHED, most="%(naming)s"
)
_REPORTING_IT = submissions_of(identifier="i.id", counts=_FINISHED, most="most.cap + 1")
_NAMING_IT = submissions_relating(
    identifier="i.id", relations="r.kind = 'names'", counts=_FINISHED, most="most.cap + 1"
)
_FIND = f"""
WITH mine AS MATERIALIZED (
    SELECT DISTINCT identifier_id FROM submissions_sighting
    WHERE submission_id = ANY(%(ids)s::uuid[]) AND withdrawn_at IS NULL LIMIT %(values)s
), hop AS MATERIALIZED (
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
), ours AS MATERIALIZED (
    SELECT i.id FROM indicators_identifier i
    CROSS JOIN LATERAL (SELECT {cap("i")} AS cap) most
    WHERE i.id IN (SELECT one FROM hop) AND NOT {excluded("i")}
      AND (SELECT count(*) FROM {_OURS} counted) <= most.cap + 1
), pair AS MATERIALIZED (
    SELECT one, other, array_agg(kind ORDER BY kind) AS kinds
    FROM hop WHERE one IN (SELECT id FROM ours)
    GROUP BY one, other ORDER BY one, other LIMIT %(pairs)s
), near AS MATERIALIZED (
    SELECT i.id, capped.submission_id, count(*) OVER (PARTITION BY i.id) AS reported, most.cap
    FROM (SELECT DISTINCT other FROM pair) others JOIN indicators_identifier i ON i.id = others.other
    CROSS JOIN LATERAL (SELECT {cap("i")} AS cap) most
    CROSS JOIN LATERAL (
        SELECT submission_id FROM {_REPORTING_IT} reporting UNION SELECT submission_id FROM {_NAMING_IT} naming
        LIMIT most.cap + 1
    ) capped
    WHERE NOT {excluded("i")}
)
SELECT min(pair.one), least(pair.one, pair.other) + greatest(pair.one, pair.other) - min(pair.one),
       array_agg(DISTINCT said.kind), array_agg(DISTINCT near.submission_id)
FROM pair
CROSS JOIN LATERAL unnest(pair.kinds) said (kind)
JOIN near ON near.id = pair.other
WHERE near.reported <= near.cap AND near.submission_id <> ALL(%(ids)s::uuid[])
GROUP BY least(pair.one, pair.other), greatest(pair.one, pair.other)
ORDER BY 1, 2
"""  # noqa: S608  (put together of constants)


@dataclass(frozen=True)
class RelatedRow:
    """A value of ours, the related one, how many submissions report that, and the newest of them."""

    display: str
    relation: str
    related: str
    number: int
    submissions: list[Submission]

    @property
    def more(self) -> int:
        return self.number - len(self.submissions)


@dataclass(frozen=True)
class _Pair:
    one: int
    other: int
    kinds: list[str]
    submissions: list[UUID]


def related_elsewhere(user: object, submissions: Iterable[Submission]) -> list[RelatedRow]:
    """What other submissions report that is related to values of these, each pair once, as far as the person sees.

    The same number of statements, however many there are; at most 50 rows.
    """
    visible = Submission.objects.visible_to(user)
    pairs = _pairs([str(one.pk) for one in submissions])
    newest = visible.filter(pk__in={pk for pair in pairs for pk in pair.submissions}).order_by("-finished_at", "pk")
    rank = {pk: place for place, pk in enumerate(newest.values_list("pk", flat=True))} if pairs else {}
    seen = [
        _Pair(pair.one, pair.other, pair.kinds, sorted(rank.keys() & set(pair.submissions), key=rank.__getitem__))
        for pair in pairs
    ]
    shown = [pair for pair in seen if pair.submissions][:SHOWN_MAX]
    return _rows(shown, visible.select_related("data_key", "organisation")) if shown else []


def _pairs(ids: list[str]) -> list[_Pair]:
    bounds = {
        "values": _VALUES_MAX, "pairs": _PAIRS_MAX, "naming": _NAMING_MAX, "each": _EACH_MAX, "hops": _HOPS_MAX
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WITHOUT_JIT)
        cursor.execute(_FIND, {"ids": ids, **bounds, **cap_parameters()})
        return [_Pair(*row) for row in cursor.fetchall()]


def _rows(pairs: list[_Pair], visible: QuerySet[Submission]) -> list[RelatedRow]:
    named = visible.in_bulk({pk for pair in pairs for pk in pair.submissions[:NAMED_MAX]})
    identifiers = Identifier.objects.filter(pk__in={pk for pair in pairs for pk in (pair.one, pair.other)})
    types = {one.pk: one.type for one in identifiers}
    shown = {pk: Recognised(types[pk], value).display for pk, value in identifier_open(identifiers).items()}
    return [
        RelatedRow(
            shown[pair.one],
            ", ".join(str(RelationKind(kind).label) for kind in pair.kinds),
            shown[pair.other],
            len(pair.submissions),
            [named[pk] for pk in pair.submissions[:NAMED_MAX]],
        )
        for pair in pairs
    ]
