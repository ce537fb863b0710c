"""Correlation: equal identifiers of two submissions are a match.

Only identifiers correlate, never words. A value that more other submissions report than its cap is *common* and makes
no match; nor does one that stands on a list of known values, or lies under an entry that stands for what is below it.
Matches already made are kept, and do not count while that is so (`submissions/standing.py`).
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from efc_portal.audit.enums import Category
from efc_portal.cases.models import Match
from efc_portal.cases.skip_scan import WITHOUT_JIT, submissions_of
from efc_portal.indicators.querysets import cap, excluded
from efc_portal.indicators.selectors import cap_parameters
from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.models import Submission
from efc_portal.submissions.transitions import SUBMISSION

# Sightings of what is not finished yet (rows of a file that nobody confirmed) do not count. Of a pair, the submission
# finished first is `earlier`, so that two workers that find each other at once write the same row.
#
# Each step hands on fewer values than it was given, and each value costs a few probes of an index, whether a submission
# names fifty or a million: most values of a large file stand nowhere else, which two probes tell. MATERIALIZED and
# LIMIT 1 keep it so where the planner, misled by the average submission, would read whole tables.
_OTHERS = submissions_of(
    identifier="usable.identifier_id",
    counts="s.finished_at IS NOT NULL AND s.id <> %(pk)s",
    most="usable.cap + 1",
)
INSERT_MATCHES = f"""
WITH mine AS MATERIALIZED (
    SELECT DISTINCT identifier_id FROM submissions_sighting WHERE submission_id = %(pk)s AND withdrawn_at IS NULL
), elsewhere AS MATERIALIZED (
    SELECT mine.identifier_id FROM mine
    WHERE EXISTS (SELECT FROM submissions_sighting seen
                  WHERE seen.identifier_id = mine.identifier_id AND seen.submission_id < %(pk)s)
       OR EXISTS (SELECT FROM submissions_sighting seen
                  WHERE seen.identifier_id = mine.identifier_id AND seen.submission_id > %(pk)s)
), usable AS MATERIALIZED (
    SELECT i.id AS identifier_id, {cap("i")} AS cap FROM elsewhere
    CROSS JOIN LATERAL (
        SELECT id, match_key, type, wider_keys FROM indicators_identifier WHERE id = elsewhere.identifier_id LIMIT 1
    ) i
    WHERE NOT {excluded("i")}
)
INSERT INTO cases_match (earlier_id, later_id, identifier_id, found_at)
SELECT CASE WHEN other_first THEN other.submission_id ELSE me.id END,
       CASE WHEN other_first THEN me.id ELSE other.submission_id END,
       usable.identifier_id, now()
FROM submissions_submission me
CROSS JOIN usable
CROSS JOIN LATERAL (
    SELECT submission_id, (finished_at, submission_id) < (me.finished_at, me.id) AS other_first,
           count(*) OVER () AS reported
    FROM {_OTHERS} others
) other
WHERE me.id = %(pk)s AND other.reported <= usable.cap
ON CONFLICT DO NOTHING
"""  # noqa: S608  the portal's own SQL


# A value may be taken back while matches are made of it: the statement that makes them does not see that. So whoever
# takes one back is made to wait (`value_withdraw` locks the submission), and what was taken back until then is undone.
_HOLD = """
SELECT 1 FROM submissions_submission WHERE id IN (
    SELECT m.earlier_id FROM cases_match m {source} WHERE {which}
    UNION SELECT m.later_id FROM cases_match m {source} WHERE {which}) ORDER BY id FOR KEY SHARE
"""
_FORGET = """
DELETE FROM cases_match WHERE id IN (
    SELECT m.id FROM cases_match m {source}
    JOIN submissions_withdrawal w ON w.identifier_id = m.identifier_id
    WHERE {which} AND (w.submission_id = m.earlier_id OR w.submission_id = m.later_id))
"""


def withdrawn_forget(cursor: CursorWrapper, *, which: str, source: str = "", **parameters: Any) -> int:
    """Undo those of some matches, made in this transaction, whose value was taken back meanwhile; how many.

    `which` is an SQL condition on a match `m` and what `source` joins to it.
    """
    cursor.execute(_HOLD.format(source=source, which=which), parameters)
    cursor.execute(_FORGET.format(source=source, which=which), parameters)
    return cursor.rowcount


def submission_correlate(*, submission: Submission) -> None:
    """Write the matches of a normalised submission and put it into the queue."""
    if submission.status != SubmissionStatus.NORMALISED:
        return
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_JIT)
        cursor.execute(INSERT_MATCHES, {"pk": submission.pk, **cap_parameters()})
        if cursor.rowcount:
            withdrawn_forget(cursor, which="(m.later_id = %(pk)s OR m.earlier_id = %(pk)s)", pk=submission.pk)
    matched = Match.objects.filter(later=submission).count()
    category = Category.COMBINATION if matched else Category.ALTERATION
    SUBMISSION.move(submission, "correlate", actor=None, category=category, count=matched)
