"""Which submissions match, when values stand many times in one of them, or in many."""

from __future__ import annotations

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from efc_portal.cases.correlate import submission_correlate
from efc_portal.cases.models import Match
from efc_portal.demo.values import Invented
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.services import identifiers_resolve
from efc_portal.indicators.types import Recognised
from efc_portal.submissions.enums import SightingRole, SightingSource, SubmissionStatus
from efc_portal.submissions.models import Sighting, Submission
from tests.cast import Cast
from tests.factories import stages

pytestmark = pytest.mark.django_db

_numbers = itertools.count()


def _identifiers(number: int) -> list[Identifier]:
    return identifiers_resolve([Recognised("merchant", f"ORION MEDIA {next(_numbers)}") for _ in range(number)])


def _rows(submission: Submission, identifiers: list[Identifier], *, times: int = 1) -> None:
    """Rows of a file that name each identifier so many times."""
    start = 1000 + submission.sightings.count()
    Sighting.objects.bulk_create(
        Sighting(
            submission=submission,
            identifier=identifier,
            position=start + place,
            role=SightingRole.RECIPIENT,
            source=SightingSource.FILE,
        )
        for place, identifier in enumerate(identifiers * times)
    )


def _correlated(submission: Submission) -> set[tuple[str | None, str | None, int]]:
    """The matches of a submission that correlation finds now: references of both, and the identifier."""
    Match.objects.all().delete()
    Submission.objects.filter(pk=submission.pk).update(status=SubmissionStatus.NORMALISED)
    submission.refresh_from_db()
    submission_correlate(submission=submission)
    found = Match.objects.filter(later=submission) | Match.objects.filter(earlier=submission)
    return set(found.values_list("earlier__reference", "later__reference", "identifier_id"))


def _sent(cast: Cast) -> Submission:
    """A submission that reports one account, which no other names."""
    account = Invented(f"correlate {next(_numbers)}").iban("NL")
    return stages.submission_of(cast.reporter, identifiers=[{"value": account, "type": "", "role": "recipient"}])


def test_a_value_that_stands_many_times_on_both_sides_makes_one_match(cast: Cast, settings: Settings) -> None:
    settings.IDENTIFIER_COMMON_CAP = 2
    identifiers = _identifiers(3)
    earlier, later = _sent(cast), _sent(cast)
    _rows(earlier, identifiers, times=20)
    _rows(later, identifiers[1:], times=5)
    wanted = {(earlier.reference, later.reference, one.pk) for one in identifiers[1:]}
    assert _correlated(later) == wanted
    assert _correlated(earlier) == wanted  # the same rows, whichever of the two finds the other


def test_rows_of_what_is_not_finished_match_nothing_and_count_nowhere(cast: Cast, settings: Settings) -> None:
    settings.IDENTIFIER_COMMON_CAP = 1
    (shared,) = _identifiers(1)
    drafts = [stages.draft_of(cast.reporter) for _ in range(3)]
    for draft in drafts:
        _rows(draft, [shared])
    earlier, later = _sent(cast), _sent(cast)
    _rows(earlier, [shared])
    _rows(later, [shared])
    assert _correlated(later) == {(earlier.reference, later.reference, shared.pk)}


@pytest.mark.parametrize(("others", "matches"), [(3, 3), (4, 0)])
def test_what_more_submissions_report_than_the_cap_makes_no_match(
    cast: Cast, settings: Settings, others: int, matches: int
) -> None:
    settings.IDENTIFIER_COMMON_CAP = 3
    (shared,) = _identifiers(1)
    for _ in range(others):
        _rows(_sent(cast), [shared], times=2)
    later = _sent(cast)
    _rows(later, [shared])
    assert len(_correlated(later)) == matches


def test_more_identifiers_cost_no_more_statements(cast: Cast) -> None:
    earlier, counts = _sent(cast), []
    for number in (1, 60):
        identifiers = _identifiers(number)
        later = _sent(cast)
        _rows(earlier, identifiers)
        _rows(later, identifiers)
        later.status = SubmissionStatus.NORMALISED
        later.save()
        with CaptureQueriesContext(connection) as queries:
            submission_correlate(submission=later)
        assert Match.objects.filter(later=later).count() == number
        counts.append(len(queries))
    assert counts[0] == counts[1]
