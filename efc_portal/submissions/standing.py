"""How often an identifier is reported, and whether it makes links: what everybody reports ties nothing together.

A value stands on a list of known values, or it is *common*: more other submissions report it than its cap. Both are
asked when something is read, and nothing is marked: so what ends, or is set otherwise, holds at once and for the past.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext

from efc_portal.indicators.models import CAP_MAX
from efc_portal.indicators.querysets import cap, excluded
from efc_portal.indicators.selectors import Known, Reports, cap_parameters, known_effects, reports_source
from efc_portal.indicators.types import Recognised
from efc_portal.submissions.models import Sighting, Submission


def reporting(identifier: str, most: str) -> str:
    """SQL of a subquery: the ids of finished submissions that report an identifier, each once, `most` of them.

    Both are SQL expressions: for the identifier's id, and for the number.
    """
    return f"""(
        SELECT DISTINCT seen.submission_id
        FROM submissions_sighting seen JOIN submissions_submission s ON s.id = seen.submission_id
        WHERE seen.identifier_id = {identifier} AND seen.withdrawn_at IS NULL AND s.finished_at IS NOT NULL LIMIT {most}
    )"""  # noqa: S608  (put together of constants)


def linking(identifier: str) -> str:
    """The SQL condition that a row of `indicators_identifier` makes links now. Wants `cap_parameters()`."""
    most = cap(identifier)
    counted = reporting(f"{identifier}.id", f"{most} + 2")
    return f"NOT {excluded(identifier)} AND (SELECT count(*) FROM {counted} counted) <= {most} + 1"  # noqa: S608


class Standing(NamedTuple):
    """Whether an identifier is on a list, in how many finished submissions it stands, and its cap.

    `reports` is counted as far as it matters: to two above the cap.
    """

    known: bool
    reports: int
    cap: int

    @property
    def common(self) -> bool:
        return self.reports > self.cap + 1  # the cap counts the others

    @property
    def links(self) -> bool:
        return not self.known and not self.common


def identifier_standing(identifiers: Iterable[int]) -> dict[int, Standing]:
    """The standing of identifiers by their ids, for one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"ids": list(identifiers), **cap_parameters()})
        return {pk: Standing(known, reports, most) for pk, known, reports, most in cursor.fetchall()}


_STANDING = f"""
SELECT i.id, {excluded("i")}, (SELECT count(*) FROM {reporting("i.id", "most.cap + 2")} counted), most.cap
FROM indicators_identifier i CROSS JOIN LATERAL (SELECT {cap("i")} AS cap) most
WHERE i.id = ANY(%(ids)s)
"""  # noqa: S608  (put together of constants)


@dataclass(frozen=True)
class Remark:
    """What stands beside an identifier: why it is known; for officers, that it is common, and where to change that."""

    known: str = ""
    common: str = ""
    cap_url: str = ""


NO_REMARK = Remark()


def remarks_on(values: dict[int, Recognised], *, for_officer: bool) -> dict[int, Remark]:
    """What is to be said of identifiers by their ids, for two statements at most.

    A submitter reads what the form says. How often others report a value is for officers alone.
    """
    known = known_effects(values.values(), full=for_officer)
    standing = identifier_standing(values) if for_officer and values else {}
    return {pk: _remark(pk, known.get(one), standing.get(pk)) for pk, one in values.items()}


def _remark(pk: int, known: Known | None, standing: Standing | None) -> Remark:
    common = cap_url = ""
    if standing is not None and standing.common:
        common = gettext("More than %(number)s other submissions report it.") % {"number": standing.cap}
        cap_url = reverse("indicators:cap", args=[pk])
    return Remark(known.reason if known else "", common, cap_url)


LATEST = 10


@reports_source
def reports_by_key(fingerprint: bytes) -> Reports:
    """Which finished submissions report a value, for two statements."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM indicators_identifier i CROSS JOIN LATERAL {reporting('i.id', '%(most)s')} counted"  # noqa: S608
            " WHERE i.match_key = %(key)s",
            {"key": fingerprint, "most": CAP_MAX + 1},
        )
        (number,) = cursor.fetchone()
    sightings = Sighting.objects.filter(identifier__match_key=fingerprint, withdrawn_at=None)
    latest = (
        Submission.objects.filter(pk__in=sightings.values("submission"), finished_at__isnull=False)
        .order_by("-finished_at", "pk")
        .values_list("reference", "pk")[:LATEST]
    )
    return Reports(number, tuple((one, reverse("cases:triage_detail", args=[pk])) for one, pk in latest if one))
