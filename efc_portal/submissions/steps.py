"""What the workflow does with a finished submission: screen it, then normalise it. Correlation is `cases.steps`."""

from __future__ import annotations

from uuid import UUID

from efc_portal.submissions.file_rows import submission_erase
from efc_portal.submissions.models import Submission
from efc_portal.submissions.normalise import submission_normalise
from efc_portal.submissions.screen import submission_scan_again, submission_screen
from efc_portal.workflow.services import step


@step("submission.screen")
def screen(pk: UUID) -> None:
    submission_screen(submission=Submission.objects.get(pk=pk))


@step("submission.scan_again", patience=150)  # about a day: a scanner may be away over a night
def scan_again(pk: UUID) -> None:
    submission_scan_again(submission=Submission.objects.select_related("data_key").get(pk=pk))


@step("submission.normalise")
def normalise(pk: UUID) -> None:
    submission_normalise(submission=Submission.objects.select_related("data_key").get(pk=pk))


@step("submission.erase")
def erase(pk: UUID) -> None:
    submission_erase(pk=pk)
