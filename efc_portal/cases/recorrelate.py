"""Matches that were not made while a value stood on a list or was common, made when that is over.

Matches made before were kept and only did not count, so nothing of the past has to be undone: what is missing is added.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.cases.correlate import withdrawn_forget
from efc_portal.indicators.models import CommonCap, Identifier, KnownValue
from efc_portal.indicators.querysets import cap, excluded
from efc_portal.indicators.selectors import cap_parameters
from efc_portal.submissions.standing import reporting

SLICE = 20_000  # identifiers looked through by one statement

_MISSING = """
WITH usable AS MATERIALIZED (
    SELECT i.id, {cap} AS most FROM indicators_identifier i WHERE {which} AND NOT {excluded}
), seen AS MATERIALIZED (
    SELECT usable.id AS identifier_id, s.id, s.finished_at
    FROM usable
    CROSS JOIN LATERAL (SELECT submission_id, count(*) OVER () AS reported FROM {reporting} one) found
    JOIN submissions_submission s ON s.id = found.submission_id
    WHERE found.reported <= usable.most + 1
)
INSERT INTO cases_match (earlier_id, later_id, identifier_id, found_at)
SELECT earlier.id, later.id, earlier.identifier_id, now()
FROM seen earlier JOIN seen later ON later.identifier_id = earlier.identifier_id
WHERE (earlier.finished_at, earlier.id) < (later.finished_at, later.id)
ON CONFLICT DO NOTHING
"""
_SOURCE = "JOIN indicators_identifier i ON i.id = m.identifier_id"
_OWN = "i.match_key = %(key)s"
_BELOW = "i.id > %(after)s AND i.id <= %(after)s + %(slice)s AND %(key)s = ANY(i.wider_keys)"
_ONE = "i.id = %(id)s"


def known_value_recorrelate(*, known_value: KnownValue) -> None:
    """Add what an entry that has ended kept from being made. Can run twice."""
    if known_value.is_active:
        return
    key = bytes(known_value.match_key)
    made = _add(_OWN, key=key)
    if known_value.covers_below:
        last = Identifier.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        made += sum(_add(_BELOW, key=key, after=after, slice=SLICE) for after in range(0, last, SLICE))
    _record(known_value, made)


def common_cap_recorrelate(*, common_cap: CommonCap) -> None:
    """Add what is missing between the submissions of one identifier, if it is not common now. Can run twice."""
    _record(common_cap.identifier, _add(_ONE, id=common_cap.identifier_id))


def _add(which: str, **parameters: Any) -> int:
    statement = _MISSING.format(
        which=which, cap=cap("i"), excluded=excluded("i"), reporting=reporting("usable.id", "usable.most + 2")
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {**parameters, **cap_parameters()})
        made = cursor.rowcount
        if made:
            made -= withdrawn_forget(cursor, which=which, source=_SOURCE, **parameters)
        return made


def _record(obj: KnownValue | Identifier, made: int) -> None:
    if made:
        audit_record(
            action="match.recorrelate", category=Category.COMBINATION, actor=None, obj=obj, kind=obj.type, count=made
        )
