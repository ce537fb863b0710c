"""What two people do to one draft at the same time, and what they do faster than the workflow follows."""

from __future__ import annotations

import pytest

from efc_portal.cases.models import Match
from efc_portal.core.errors import Conflict
from efc_portal.intake.services import intake_cancel
from efc_portal.submissions.forms import WholeDraft
from efc_portal.submissions.models import Sighting, Submission
from efc_portal.submissions.services import draft_discard, draft_save, submission_finish
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories import intakes, stages

pytestmark = pytest.mark.django_db


def test_rows_of_a_cancelled_file_never_go_with_the_draft(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    draft = Submission.objects.get(pk=intake.submission_id)
    draft_save(draft=draft, parts=stages.DOCUMENT, actor=cast.reporter)
    intake_cancel(intake=intake, actor=cast.reporter)
    finished = WholeDraft(draft.document, region=draft.provider_country).finished()
    with pytest.raises(Conflict, match="erased"):
        submission_finish(draft=draft, finished=finished, actor=cast.reporter)
    work_drain_for(30)
    submission_finish(draft=draft, finished=finished, actor=cast.reporter)
    work_drain_for(30)
    assert not Sighting.objects.filter(submission=draft, source="file").exists()
    assert not Match.objects.exists()


def test_a_draft_that_a_colleague_discarded_meanwhile_is_not_sent(cast: Cast) -> None:
    intake = intakes.checked(cast.reporter)
    draft = Submission.objects.select_related("data_key").get(pk=intake.submission_id)  # as the form holds it
    draft_save(draft=draft, parts=stages.DOCUMENT, actor=cast.reporter)
    finished = WholeDraft(draft.document, region=draft.provider_country).finished()
    draft_discard(draft=Submission.objects.get(pk=draft.pk), actor=cast.reporter)
    with pytest.raises(Conflict, match="discarded"):
        submission_finish(draft=draft, finished=finished, actor=cast.reporter)
