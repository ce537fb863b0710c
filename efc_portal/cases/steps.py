"""What the workflow compares: a submission with the others, and what a list or a limit kept from being made."""

from __future__ import annotations

from uuid import UUID

from efc_portal.cases.correlate import submission_correlate
from efc_portal.cases.recorrelate import common_cap_recorrelate, known_value_recorrelate
from efc_portal.indicators.models import CommonCap, KnownValue
from efc_portal.submissions.models import Submission
from efc_portal.workflow.services import step


@step("submission.correlate")
def correlate(pk: UUID) -> None:
    submission_correlate(submission=Submission.objects.get(pk=pk))


@step("known_value.recorrelate")
def recorrelate_known_value(pk: UUID) -> None:
    known_value_recorrelate(known_value=KnownValue.objects.get(pk=pk))


@step("common_cap.recorrelate")
def recorrelate_common_cap(pk: UUID) -> None:
    common_cap_recorrelate(common_cap=CommonCap.objects.select_related("identifier").get(pk=pk))
