"""Correlation: equal identifiers of two submissions are a match.

Only identifiers correlate, never words. A value that more submissions report than the cap is *common* and makes no
match; nor does one that stands in a known-good list. Matches already made stay when a value becomes common later.
"""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from efc_portal.audit.enums import Category
from efc_portal.cases.models import Match
from efc_portal.cases.skip_scan import WITHOUT_JIT, submissions_of
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
    most="%(cap)s + 1",
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
    SELECT elsewhere.identifier_id FROM elsewhere
    CROSS JOIN LATERAL (
        SELECT match_key, type FROM indicators_identifier WHERE id = elsewhere.identifier_id LIMIT 1
    ) i
    WHERE NOT EXISTS (SELECT FROM indicators_knownvalue k
                      WHERE k.match_key = i.match_key AND k.type = i.type AND k.ended_at IS NULL)
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
WHERE me.id = %(pk)s AND other.reported <= %(cap)s
ON CONFLICT DO NOTHING
"""  # noqa: S608  the portal's own SQL


def submission_correlate(*, submission: Submission) -> None:
    """Write the matches of a normalised submission and put it into the queue."""
    if submission.status != SubmissionStatus.NORMALISED:
        return
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_JIT)
        cursor.execute(INSERT_MATCHES, {"pk": submission.pk, "cap": settings.IDENTIFIER_COMMON_CAP})
    matched = Match.objects.filter(later=submission).count()
    category = Category.COMBINATION if matched else Category.ALTERATION
    SUBMISSION.move(submission, "correlate", actor=None, category=category, count=matched)
