"""What the values in rows of a file that was sent name beside themselves: the workflow writes it, part by part.

Nobody waits for it: the submission is sent, and its rows count, before the first relation is written.
"""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from efc_portal.intake.enums import IntakeStatus
from efc_portal.intake.models import IntakeLane, IntakePart
from efc_portal.intake.services.checking import rows_before
from efc_portal.intake.services.collecting import collector_held
from efc_portal.intake.services.steps import RELATE
from efc_portal.submissions.row_relations import row_relations_write
from efc_portal.workflow.services import work_enqueue


def intake_relate(*, lane: UUID) -> None:
    """Write the relations of the next part that nobody has taken up; then of the one after it, until none is left."""
    one = IntakeLane.objects.filter(pk=lane).select_related("intake").first()
    if one is None or one.intake.status != IntakeStatus.CONFIRMED:
        return
    waiting = IntakePart.objects.filter(intake=one.intake, related_at=None, good__gt=0).order_by("number")
    part = waiting.select_for_update(skip_locked=True).first()
    if part is None:
        return
    first = one.intake.first_position + rows_before(part)
    with collector_held():
        row_relations_write(submission_id=one.intake.submission_id, first=first, last=first + part.rows - 1)
    IntakePart.objects.filter(pk=part.pk).update(related_at=timezone.now())
    work_enqueue(RELATE, lane)
