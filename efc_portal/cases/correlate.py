"""Correlation: equal identifiers of two submissions are a match.

Only identifiers correlate, never words. A value that more other submissions report than its cap is *common* and makes
no match; nor does one that stands on a list of known values, or lies under an entry that stands for what is below it.
Matches already made are kept, and do not count while that is so (`submissions/standing.py`).
"""

from __future__ import annotations

from django.db import connection

from efc_portal.audit.enums import Category
from efc_portal.cases.models import Match
from efc_portal.indicators.querysets import cap, excluded
from efc_portal.indicators.selectors import cap_parameters
from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.models import Submission
from efc_portal.submissions.transitions import SUBMISSION

# Sightings of what is not finished yet (rows of a file that nobody confirmed) do not count. Of a pair, the submission
# submission finished first is `earlier`, so that two workers that find each other at once write the same row.
_INSERT_MATCHES = f"""
INSERT INTO cases_match (earlier_id, later_id, identifier_id, found_at)
SELECT CASE WHEN (o.finished_at, o.id) < (me.finished_at, me.id) THEN o.id ELSE me.id END,
       CASE WHEN (o.finished_at, o.id) < (me.finished_at, me.id) THEN me.id ELSE o.id END,
       mine.identifier_id, now()
FROM submissions_submission me
JOIN submissions_sighting mine ON mine.submission_id = me.id
JOIN indicators_identifier i ON i.id = mine.identifier_id
CROSS JOIN LATERAL (SELECT {cap("i")} AS cap) most
CROSS JOIN LATERAL (
    SELECT submission_id, count(*) OVER () AS reported
    FROM (SELECT DISTINCT seen.submission_id
          FROM submissions_sighting seen JOIN submissions_submission s ON s.id = seen.submission_id
          WHERE seen.identifier_id = mine.identifier_id AND seen.withdrawn_at IS NULL
            AND s.id <> me.id AND s.finished_at IS NOT NULL
          LIMIT most.cap + 1) capped
) other
JOIN submissions_submission o ON o.id = other.submission_id
WHERE me.id = %(pk)s AND mine.withdrawn_at IS NULL AND other.reported <= most.cap AND NOT {excluded("i")}
ON CONFLICT DO NOTHING
"""  # noqa: S608  (put together of constants)


def submission_correlate(*, submission: Submission) -> None:
    """Write the matches of a normalised submission and put it into the queue."""
    if submission.status != SubmissionStatus.NORMALISED:
        return
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_MATCHES, {"pk": submission.pk, **cap_parameters()})
    matched = Match.objects.filter(later=submission).count()
    category = Category.COMBINATION if matched else Category.ALTERATION
    SUBMISSION.move(submission, "correlate", actor=None, category=category, count=matched)
