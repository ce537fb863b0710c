"""What values in rows of files name beside themselves, as for those typed into the form."""

from __future__ import annotations

from threading import Event, Thread
from typing import Any

import pytest
from django.db import connections, transaction
from django.urls import reverse

from efc_portal.core.encryption import match_key
from efc_portal.indicators.identify import identify
from efc_portal.indicators.services import identifier_open, known_value_add
from efc_portal.intake.models import Intake
from efc_portal.intake.services import intake_cancel, intake_relate, relating
from efc_portal.submissions.models import Relation, Submission
from efc_portal.submissions.row_relations import row_relations_write
from efc_portal.submissions.services import value_withdraw
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories import intakes, stages
from tests.intake.test_services import WITHOUT_IDENTIFIERS, send
from tests.workflow.effects import somebody_waits, until

pytestmark = pytest.mark.django_db
PAGE = "https://pay.shop-seven.example.org/basket?id=7"
VALUES = (
    PAGE,
    "payer77@mail.shop-seven.example.org",
    "DEUTDEFF500",
    "GB29NWBK60161331926819",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "+49 1512 3456789",
)


def rows(*values: str) -> bytes:
    return "\r\n".join(["identifier", *values, ""]).encode()


def sent(cast: Cast, *values: str) -> Submission:
    """A submission of rows of a file, once the workflow has done all of it."""
    intake = intakes.checked(cast.reporter, rows(*values))
    send(intake, cast)
    work_drain_for(30)
    return Submission.objects.get(pk=intake.submission_id)


def relations(submission: Submission) -> set[tuple[str, str, str]]:
    found = Relation.objects.filter(submission=submission).select_related("source", "target")
    opened = identifier_open([*(one.source for one in found), *(one.target for one in found)])
    return {(opened[one.source_id], one.kind, opened[one.target_id]) for one in found}


@pytest.fixture
def small_parts(settings: Any) -> None:
    settings.INTAKE_PART_ROWS = 2


def test_rows_of_a_file_relate_what_the_same_values_in_the_form_relate(cast: Cast, small_parts: None) -> None:
    identifiers = [{"value": value, "type": "", "role": "other", "group": ""} for value in VALUES]
    typed = stages.submission_of(cast.reporter, identifiers=identifiers, payments=[])
    of_file = relations(sent(cast, *VALUES))
    assert of_file == relations(typed)
    assert ("GB29NWBK60161331926819", "names", "GB/601613/31926819") in of_file
    assert {"pay.shop-seven.example.org", "example.org", "DEUTDEFF"} <= {target for _source, _kind, target in of_file}


def test_the_page_says_what_a_row_names_and_does_not_show_it_as_reported(cast: Cast) -> None:
    submission = sent(cast, PAGE)
    html = cast.client("reporter").get(reverse("submissions:detail", args=[submission.pk])).content.decode()
    assert "names pay[.]shop-seven[.]example[.]org" in html
    assert submission.sightings.count() == 1


def test_rows_of_two_submissions_meet_at_their_domain(cast: Cast) -> None:
    one = sent(cast, PAGE)
    other = stages.submission_of(
        cast.coordinator, identifiers=[{"value": "shop@shop-seven.example.org", "type": "", "role": "other"}],
        payments=[],
    )  # fmt: skip
    page = cast.client("officer").get(reverse("cases:triage_detail", args=[one.pk])).content.decode()
    assert other.reference in page.split("Related values</h2>")[1].split("</section>")[0]


def test_a_draft_and_a_cancelled_file_relate_nothing(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter, rows(*VALUES))
    lane = intake.lanes.first()
    assert lane
    intake_relate(lane=lane.pk)
    intake_cancel(intake=intake, actor=cast.reporter)
    work_drain_for(20)
    assert not Relation.objects.exists()


def test_what_is_known_relates_nothing(cast: Cast) -> None:
    host, domain = "pay.shop-seven.example.org", "shop-seven.example.org"
    known_value_add(
        actor=cast.officer, recognised=identify(host, type="domain"), effect="inform", reason="A payment page."
    )
    targets = {target for _source, _kind, target in relations(sent(cast, PAGE))}
    assert domain in targets
    assert host not in targets


def test_the_same_value_in_two_parts_the_form_and_a_second_try_is_related_once(cast: Cast, small_parts: None) -> None:
    typed = {**WITHOUT_IDENTIFIERS, "identifiers": [{"type": "url", "value": PAGE, "role": "other", "country": ""}]}
    intake = intakes.checked(cast.reporter, rows(PAGE, "DEUTDEFF", "DEUTDEFF500", PAGE))
    draft = send(intake, cast, typed)
    work_drain_for(30)
    once = relations(draft)
    number = Relation.objects.filter(submission=draft).count()
    assert number == len(once)
    intake.parts.update(related_at=None)
    lane = intake.lanes.first()
    assert lane
    intake_relate(lane=lane.pk)
    work_drain_for(30)
    assert (relations(draft), Relation.objects.filter(submission=draft).count()) == (once, number)
    assert not intake.parts.filter(related_at=None).exists()


def test_a_value_that_was_taken_back_before_is_not_related_afterwards(cast: Cast) -> None:
    submission = sent(cast, PAGE, "DEUTDEFF500")
    page = submission.sightings.get(identifier__match_key=match_key("url", identify(PAGE).canonical)).identifier
    value_withdraw(submission=submission, identifier=page, reason="mistake", actor=cast.reporter)
    intake = Intake.objects.get(submission=submission)
    intake.parts.update(related_at=None)
    lane = intake.lanes.first()
    assert lane
    intake_relate(lane=lane.pk)
    work_drain_for(30)
    assert {source for source, _kind, _target in relations(submission)} == {"DEUTDEFF500"}


@pytest.mark.django_db(transaction=True)
def test_a_value_that_is_taken_back_while_its_row_is_being_related_is_related_to_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = sent(cast, PAGE)
    page = submission.sightings.get().identifier
    intake = Intake.objects.get(submission=submission)
    Relation.objects.filter(submission=submission).delete()
    intake.parts.update(related_at=None)
    lane = intake.lanes.first()
    assert lane
    written, go_on = Event(), Event()

    def slowly(**what: Any) -> None:
        row_relations_write(**what)
        written.set()
        assert go_on.wait(30)

    monkeypatch.setattr(relating, "row_relations_write", slowly)

    def relate() -> None:
        with transaction.atomic():
            intake_relate(lane=lane.pk)
        connections.close_all()

    def take_back() -> None:
        value_withdraw(submission=submission, identifier=page, reason="mistake", actor=cast.reporter)
        connections.close_all()

    relating_it, taking_it_back = Thread(target=relate), Thread(target=take_back)
    relating_it.start()
    assert written.wait(30)
    taking_it_back.start()
    until(somebody_waits)
    go_on.set()
    relating_it.join()
    taking_it_back.join()
    assert submission.withdrawals.count() == 1
    assert relations(submission) == set()
