"""A file of rows from its upload to the submission it goes with, as its reporter would notice."""

from __future__ import annotations

from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import connection, connections

from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.identify import identify
from efc_portal.indicators.models import Identifier
from efc_portal.indicators.services import known_value_add
from efc_portal.intake.enums import IntakeStatus
from efc_portal.intake.models import BrokenRow, Intake, IntakePart
from efc_portal.intake.rows import Formats
from efc_portal.intake.services import intake_cancel, intake_pause, intake_read, intake_resume, intake_write
from efc_portal.intake.services import reading as reading_service
from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.forms import WholeDraft
from efc_portal.submissions.models import FILE_POSITIONS, Sighting, Submission
from efc_portal.submissions.services import draft_discard, draft_save, submission_finish
from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories import intakes, stages
from tests.factories.intakes import BROKEN, GOOD, table

pytestmark = pytest.mark.django_db
WITHOUT_IDENTIFIERS = {**stages.DOCUMENT, "identifiers": [], "payments": []}


def send(intake: Intake, cast: Cast, parts: dict[str, Any] = WITHOUT_IDENTIFIERS) -> Submission:
    """What the form's last button does."""
    draft = Submission.objects.get(pk=intake.submission_id)
    draft_save(draft=draft, parts=parts, actor=cast.reporter)
    whole = WholeDraft(draft.document, region=draft.provider_country, file_rows=draft.file_rows)
    return submission_finish(draft=draft, finished=whole.finished(), actor=cast.reporter)


def many(number: int) -> bytes:
    return table(*(f"payer{place}@mailbox.example,sender,{place}.00,EUR,2026-09-14" for place in range(number)))


@pytest.fixture
def small_parts(settings: Any) -> None:
    """Three rows each, so that a few rows are many parts."""
    settings.INTAKE_PART_ROWS = 3


def test_good_rows_become_sightings_and_broken_ones_wait_to_be_mended(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    assert (intake.status, intake.summary["good"], intake.summary["broken"]) == ("checked", 4, 1)
    assert intake.summary["types"] == {"iban": 2, "wallet_btc": 1, "email": 1}
    assert intake.summary["sums"] == {"EUR": [1, "35.00"], "GBP": [1, "120.50"], "BTC": [1, "0.25"]}
    assert (intake.summary["first"], intake.summary["last"]) == ("2026-09-14", "2026-10-02")
    rows = list(Sighting.objects.filter(submission=intake.submission_id))
    assert [(row.role, row.amount, row.currency, row.country) for row in rows] == [
        ("recipient", Decimal("35.00"), "EUR", "DE"),
        ("sender", Decimal("120.50"), "GBP", "GB"),
        ("recipient", Decimal("0.25"), "BTC", ""),
        ("contact", None, "", ""),
    ]
    assert all(row.position >= FILE_POSITIONS for row in rows)
    [broken] = BrokenRow.objects.filter(intake=intake)
    told = broken.opened(intake)
    assert (broken.number, told["cells"][0]) == (6, BROKEN[0].split(",")[0])
    assert told["errors"][0]["column"] == "value"
    assert BROKEN[0].split(",")[0] not in told["errors"][0]["masked"]


def test_nothing_counts_before_it_is_sent_and_everything_does_after(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    assert not Submission.objects.visible_to(cast.officer).exists()
    sent = send(intake, cast)
    intake.refresh_from_db()
    assert (intake.status, sent.status) == (IntakeStatus.CONFIRMED, SubmissionStatus.RECEIVED)
    before = list(Sighting.objects.filter(submission=sent).values_list("pk", "position"))
    work_drain_for(20)
    sent.refresh_from_db()
    assert sent.status == SubmissionStatus.TRIAGE
    assert list(Sighting.objects.filter(submission=sent).values_list("pk", "position")) == before
    assert set(sent.countries) == {"DE", "GB", "NL"}


def test_a_value_of_the_text_that_stands_in_a_row_is_no_second_sighting(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    draft = intake.submission
    what = {**stages.DOCUMENT["what"], "narrative": "From GB29 NWBK 6016 1331 9268 19 and NL20INGB0001234567."}
    draft_save(draft=draft, parts={**WITHOUT_IDENTIFIERS, "what": what}, actor=cast.reporter)
    draft.refresh_from_db()
    whole = WholeDraft(draft.document, region="NL", file_rows=draft.file_rows)
    submission_finish(draft=draft, finished=whole.finished(), actor=cast.reporter)
    work_drain_for(20)
    found = Sighting.objects.filter(submission=draft, source="narrative")
    assert [row.position < FILE_POSITIONS for row in found] == [True]


def test_it_is_confirmed_once(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    stale = Submission.objects.select_related("data_key").get(pk=intake.submission_id)
    send(intake, cast)
    draft_document = WholeDraft(stages.DOCUMENT, region="NL").finished()
    with pytest.raises(Conflict):
        submission_finish(draft=stale, finished=draft_document, actor=cast.reporter)
    assert AuditEvent.objects.filter(action="intake.confirm").count() == 1


@pytest.mark.parametrize("state", ["uploaded", "checking", "paused"])
def test_a_draft_does_not_go_while_a_file_of_it_is_undecided(cast: Cast, state: str) -> None:
    first = intakes.checked(cast.reporter)
    make = intakes.uploaded if state == "uploaded" else intakes.checking
    second = make(cast.reporter, draft=first.submission)
    if state == "paused":
        intake_pause(intake=second, actor=cast.reporter)
    with pytest.raises(Conflict, match="not checked to its end"):
        send(first, cast)
    first.refresh_from_db()
    assert first.status == IntakeStatus.CHECKED
    assert Submission.objects.get(pk=first.submission_id).is_draft


def test_paused_it_stands_still_and_resumed_it_goes_on_where_it_stood(cast: Cast, small_parts: None) -> None:
    intake = intakes.checking(cast.reporter, many(20))
    intake_read(pk=intake.pk)
    lane = intake.lanes.first()
    assert lane
    intake_write(lane=lane.pk)
    intake_pause(intake=intake, actor=cast.reporter)
    work_drain_for(20)
    assert Sighting.objects.filter(submission=intake.submission_id).count() == 3
    intake_resume(intake=intake, actor=cast.reporter)
    work_drain_for(20)
    intake.refresh_from_db()
    assert (intake.status, intake.summary["good"]) == (IntakeStatus.CHECKED, 20)
    positions = list(Sighting.objects.filter(submission=intake.submission_id).values_list("position", flat=True))
    assert positions == [FILE_POSITIONS + place for place in range(20)]


def test_reading_goes_on_behind_what_was_read(cast: Cast, small_parts: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_service, "SLICE_SECONDS", -1.0)  # one part in each slice
    intake = intakes.checked(cast.reporter, many(10))
    assert (intake.read_slices, intake.summary["good"], intake.read_through) == (4, 10, True)
    assert list(intake.parts.values_list("rows", flat=True)) == [3, 3, 3, 1]
    assert not WorkItem.objects.filter(done_at=None).exists()


def test_a_step_that_is_done_again_changes_nothing(cast: Cast, small_parts: None) -> None:
    intake = intakes.checked(cast.reporter, many(10))
    intake_read(pk=intake.pk)
    for lane in intake.lanes.all():
        intake_write(lane=lane.pk)
    assert Sighting.objects.filter(submission=intake.submission_id).count() == 10
    assert intake.parts.count() == 4


def test_cancelled_its_rows_and_the_values_nobody_else_has_are_gone(cast: Cast) -> None:
    stages.submission_of(
        cast.reporter, identifiers=[{"value": GOOD[0].split(",")[0], "type": "", "role": "sender"}], payments=[]
    )
    known = set(Identifier.objects.values_list("pk", flat=True))
    intake = intakes.checked(cast.reporter)
    blob = intake.blob
    assert storages["blobs"].exists(blob)
    intake_cancel(intake=intake, actor=cast.reporter)
    work_drain_for(20)
    assert not Sighting.objects.filter(submission=intake.submission_id).exists()
    assert set(Identifier.objects.values_list("pk", flat=True)) == known
    assert not BrokenRow.objects.filter(intake=intake).exists()
    assert not Intake.objects.visible_to(cast.reporter).exists()
    assert not Submission.objects.filter(pk=intake.submission_id).exists()


def test_a_discarded_draft_takes_its_files_along(cast: Cast, small_parts: None) -> None:
    intake = intakes.checking(cast.reporter, many(20))
    intake_read(pk=intake.pk)
    lane = intake.lanes.first()
    assert lane
    intake_write(lane=lane.pk)
    draft_discard(draft=intake.submission, actor=cast.reporter)
    assert not Submission.objects.visible_to(cast.reporter).exists()
    work_drain_for(20)
    assert not Submission.objects.filter(pk=intake.submission_id).exists()
    assert not Identifier.objects.exists()
    assert not IntakePart.objects.exists()
    assert not WorkItem.objects.filter(done_at=None).exists()


def test_mended_rows_are_added_to_the_same_draft(cast: Cast) -> None:
    first = intakes.checked(cast.reporter)
    second = intakes.checked(
        cast.reporter, table("NL91ABNA0417164300,sender,1.00,EUR,2026-09-01"), draft=first.submission
    )
    draft = Submission.objects.get(pk=first.submission_id)
    assert draft.file_rows == 5
    assert draft.file_summary["sums"]["EUR"] == [2, "36.00"]
    assert second.number == 1
    sent = send(first, cast)
    assert sent.file_rows == 5


def test_a_value_on_a_list_that_refuses_is_a_row_to_mend_and_one_that_informs_is_a_note(cast: Cast) -> None:
    refused, informed = (identify(line.split(",")[0]) for line in GOOD[:2])
    known_value_add(actor=cast.officer, recognised=refused, effect=KnownEffect.REFUSE, reason="A member's own account.")
    known_value_add(actor=cast.officer, recognised=informed, effect=KnownEffect.INFORM, reason="A public example.")
    intake = intakes.checked(cast.reporter, table(*GOOD))
    assert (intake.summary["good"], intake.summary["broken"]) == (3, 1)
    assert intake.summary["informed"]["A public example."] == 1
    [broken] = intake.broken_rows.all()
    assert "A member's own account." in broken.opened(intake)["errors"][0]["sentence"]


def test_repeated_values_and_those_sent_before_are_counted(cast: Cast) -> None:
    send(intakes.checked(cast.reporter, table(GOOD[0])), cast)
    intake = intakes.checked(cast.reporter, table(GOOD[0], GOOD[0], GOOD[1]))
    assert (intake.summary["repeated"], intake.summary["own"]) == (1, 2)


def test_formats_are_as_stated(cast: Cast) -> None:
    line = 'DE89370400440532013000,recipient,"1.234,50",EUR,03/04/2026'
    stated = Formats(decimal=",", dates="dmy")
    intakes.checked(cast.reporter, table(line), formats=stated)
    row = Sighting.objects.get()
    assert (row.amount, str(row.seen_on)) == (Decimal("1234.50"), "2026-04-03")


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(100), b"%PDF-1.7 no table"])
def test_what_is_no_file_of_rows_is_refused_at_the_door(cast: Cast, content: bytes) -> None:
    with pytest.raises(ApplicationError):
        intakes.uploaded(cast.reporter, content)
    assert not Intake.objects.exists()
    assert not Submission.objects.exists()


def test_a_file_that_breaks_off_later_says_where_and_leaves_nothing(cast: Cast, small_parts: None) -> None:
    content = many(10) + b'"never closed,sender,1.00,EUR,2026-09-14\r\n' + b"x" * 200_000
    intake = intakes.checked(cast.reporter, content)
    assert intake.status == IntakeStatus.FAILED
    assert intake.problem
    assert not Sighting.objects.exists()
    assert not Identifier.objects.exists()
    draft = Submission.objects.get(pk=intake.submission_id)
    assert draft.file_rows == 0


def test_full_card_numbers_are_cut_before_anything_is_stored(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter, table("4111 1111 1111 1111,sender,35.00,EUR,2026-09-14"))
    assert intake.truncated == 1
    assert intake.summary["types"] == {"payment_card": 1}


def test_another_organisation_sees_and_changes_nothing(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    assert not Intake.objects.visible_to(cast.coordinator).exists()
    assert not Intake.objects.visible_to(cast.officer).exists()
    assert Intake.objects.visible_to(cast.analyst).exists()
    with pytest.raises(NotPermitted):
        intake_cancel(intake=intake, actor=cast.officer)


def test_every_step_is_recorded_without_a_value(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    send(intake, cast)
    events = AuditEvent.objects.filter(object_id=str(intake.pk)).order_by("pk")
    assert [event.action.removeprefix("intake.") for event in events] == [
        "upload", "describe", "check", "checked", "confirm",
    ]  # fmt: skip
    record = " ".join(str(event.payload) for event in AuditEvent.objects.all())
    assert "rows.csv" not in record
    assert "DE89" not in record


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_file_write_each_row_once(cast: Cast, small_parts: None) -> None:
    intake = intakes.checking(cast.reporter, many(60))
    together = Barrier(2)

    def work() -> None:
        try:
            together.wait(20)
            work_drain_for(30)
        finally:
            connections.close_all()

    threads = [Thread(target=work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    work_drain_for(30)
    intake.refresh_from_db()
    assert (intake.status, intake.summary["good"]) == (IntakeStatus.CHECKED, 60)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(DISTINCT position), count(DISTINCT identifier_id) FROM submissions_sighting"
        )
        assert cursor.fetchone() == (60, 60, 60)
    assert not WorkItem.objects.exclude(failed_at=None).exists()
