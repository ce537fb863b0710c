"""A cancelled import: what goes with it, what stays, and what its address says afterwards."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from efc_portal.core.errors import Conflict
from efc_portal.core.retention import expired_purge
from efc_portal.intake.models import CancelledIntake, Intake
from efc_portal.intake.services import intake_cancel
from efc_portal.submissions.models import Submission
from efc_portal.submissions.services import attachment_add, draft_discard, draft_save
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories import intakes, stages
from tests.factories.intakes import GOOD, table
from tests.journeys import pages

pytestmark = pytest.mark.django_db
ADDRESSES = ("detail", "describe", "progress", "errors", "mend")


def told(client: Client, intake: Intake) -> bool:
    """Whether every address of a file says that it was cancelled, and offers to begin anew."""
    urls = [*(reverse(f"intake:{name}", args=[intake.pk]) for name in ADDRESSES)]
    answers = [client.get(url) for url in (*urls, reverse("intake:step", args=[intake.pk, "cancel"]))]
    year = str(timezone.localdate().year)
    return all(
        answer.status_code == 410
        and "It was cancelled on" in (html := answer.content.decode())
        and year in html
        and f'href="{reverse("intake:new")}">Import a file' in html
        for answer in answers
    )


def cancel(client: Client, intake: Intake) -> str:
    answer = client.post(reverse("intake:step", args=[intake.pk, "cancel"]), follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_paused_and_cancelled_by_a_colleague(cast: Cast) -> None:
    intake = intakes.checking(cast.reporter)
    client = cast.client("analyst")
    for step, words in (("pause", "Paused"), ("resume", "Being checked")):
        url = reverse("intake:step", args=[intake.pk, step])
        assert client.get(url).status_code == 200
        assert client.post(url).status_code == 302
        assert words in client.get(reverse("intake:detail", args=[intake.pk])).content.decode()
    client.post(reverse("intake:step", args=[intake.pk, "cancel"]))
    assert told(client, intake)


def test_the_draft_that_was_begun_for_a_file_alone_goes_with_it(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    client = cast.client("reporter")
    assert "The import is cancelled." in cancel(client, intake)
    assert "Untitled draft" not in client.get(reverse("submissions:list")).content.decode()
    assert told(client, intake)
    work_drain_for(20)
    assert not Submission.objects.exists()
    assert told(client, intake)  # also when nothing of it is left
    assert client.post(reverse("intake:step", args=[intake.pk, "cancel"])).status_code == 410


@pytest.mark.parametrize("what", ["words", "attachment", "another file"])
def test_a_draft_in_which_something_was_put_stays(cast: Cast, what: str) -> None:
    intake = intakes.checked(cast.reporter)
    draft = intake.submission
    if what == "words":
        draft_save(draft=draft, parts={"what": {"title": "Forty transfers"}}, actor=cast.reporter)
    elif what == "attachment":
        attachment_add(draft=draft, file=io.BytesIO(b"a note"), filename="note.txt", actor=cast.reporter)
    else:
        intakes.checked(cast.reporter, table(GOOD[0]), draft=draft)
    client = cast.client("reporter")
    cancel(client, intake)
    work_drain_for(20)
    kept = Submission.objects.get(pk=draft.pk)
    assert (kept.discarded_at, kept.file_rows) == (None, 1 if what == "another file" else 0)
    assert (kept.title, kept.attachments.count()) == (
        "Forty transfers" if what == "words" else "",
        1 if what == "attachment" else 0,
    )
    assert client.get(reverse("submissions:edit", args=[draft.pk, "identifiers"])).status_code == 200
    assert told(client, intake)


def test_what_somebody_was_just_writing_into_that_draft_is_given_back(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    intake_cancel(intake=intake, actor=cast.analyst)
    url = reverse("submissions:edit", args=[intake.submission_id, "what"])
    answer = cast.client("reporter").post(url, pages.what(narrative="Money came at night, in small sums."))
    assert answer.status_code == 404
    assert "What you wrote is not lost" in (html := answer.content.decode())
    assert "Money came at night, in small sums." in html


def test_nothing_is_attached_to_a_draft_that_is_gone(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    draft = Submission.objects.select_related("data_key").get(pk=intake.submission_id)  # as the form holds it
    intake_cancel(intake=intake, actor=cast.analyst)
    with pytest.raises(Conflict):
        attachment_add(draft=draft, file=io.BytesIO(b"a note"), filename="note.txt", actor=cast.reporter)


@pytest.mark.parametrize("who", ["coordinator", "officer", "investigator"])
def test_others_do_not_read_that_there_was_an_import(cast: Cast, who: str) -> None:
    intake = intakes.checked(cast.reporter)
    intake_cancel(intake=intake, actor=cast.reporter)
    for name in ADDRESSES:
        assert cast.client(who).get(reverse(f"intake:{name}", args=[intake.pk])).status_code == 404


def test_whoever_watches_a_check_that_a_colleague_cancels_gets_the_page_that_says_so(cast: Cast) -> None:
    intake = intakes.checking(cast.reporter)
    intake_cancel(intake=intake, actor=cast.analyst)
    url = reverse("intake:progress", args=[intake.pk])
    answer = cast.client("reporter").get(url, headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"


def test_a_file_that_went_with_its_draft_says_so_as_well(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    draft_save(draft=intake.submission, parts=stages.DOCUMENT, actor=cast.reporter)
    draft_discard(draft=intake.submission, actor=cast.reporter)
    work_drain_for(20)
    assert told(cast.client("reporter"), intake)


def test_it_is_told_for_a_quarter_of_a_year(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    intake_cancel(intake=intake, actor=cast.reporter)
    for days, status in ((89, 410), (91, 404)):
        CancelledIntake.objects.update(cancelled_at=timezone.now() - timedelta(days=days))
        expired_purge()
        url = reverse("intake:detail", args=[intake.pk])
        assert cast.client("reporter").get(url).status_code == status
