"""Who did something on a case, as officers read it."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from efc_portal.accounts.models import User
from efc_portal.cases.services import case_note_add
from efc_portal.cases.timeline import case_timeline
from tests.cast import Cast
from tests.factories import stages


def test_people_are_named_and_addresses_are_not_shown(cast: Cast) -> None:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    case_note_add(case=case, body="Asked the register.", actor=cast.second_officer)
    entries = case_timeline(case, reader=cast.manager)
    assert entries[0].by == "Oskar Berg"
    assert {entry.by for entry in entries[1:]} == {"Olga Novak"}


def test_whoever_has_no_name_is_shown_by_the_address(cast: Cast) -> None:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    User.objects.filter(pk=cast.officer.pk).update(name="")
    assert {entry.by for entry in case_timeline(case, reader=cast.manager)} == {"officer@efc.example"}


def test_a_long_history_costs_no_more(cast: Cast) -> None:
    case = stages.case_of(cast.officer, stages.submission_of(cast.reporter))
    reader, counts = cast.manager, []
    case_timeline(case, reader=reader)
    for number in (1, 20):
        for _time in range(number):
            case_note_add(case=case, body="A note.", actor=cast.second_officer)
        with CaptureQueriesContext(connection) as queries:
            case_timeline(case, reader=reader)
        counts.append(len(queries))
    assert counts[0] == counts[1]
