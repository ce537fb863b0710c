"""What the workflow does last with a submission: compare it with what is known."""

from __future__ import annotations

from uuid import UUID

from efc_portal.cases.correlate import submission_correlate
from efc_portal.submissions.models import Submission
from efc_portal.workflow.services import step


@step("submission.correlate")
def correlate(pk: UUID) -> None:
    submission_correlate(submission=Submission.objects.get(pk=pk))
