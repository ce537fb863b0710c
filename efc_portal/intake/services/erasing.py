"""Erasing a file that was given up, in slices: rows, broken rows, parts, the file itself; of one that was sent, the
rows that were not taken."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db import connection, transaction

from efc_portal.core.blobs import blob_delete
from efc_portal.intake.enums import GIVEN_UP, IntakeStatus
from efc_portal.intake.models import BrokenRow, Intake, IntakePart
from efc_portal.intake.services.steps import ERASE
from efc_portal.submissions.file_rows import file_sightings_erase
from efc_portal.workflow.services import work_enqueue

BROKEN_AT_ONCE = 20_000


@transaction.atomic
def intake_erase(*, pk: UUID) -> None:
    """Erase some of what is not to be kept of a file, as its state says, and ask for the rest."""
    intake = Intake.objects.filter(pk=pk, status__in=[*GIVEN_UP, IntakeStatus.CONFIRMED]).first()
    if intake is None:
        return
    if intake.status == IntakeStatus.CONFIRMED:
        more = _broken_erase(intake)
    else:
        more = file_sightings_erase(
            submission_id=intake.submission_id, first=intake.first_position, last=intake.last_position
        )
        more = _kept_erase(intake) or more
    if more:
        work_enqueue(ERASE, pk)


def intakes_erase(submission_id: UUID) -> bool:
    """Erase some of what is kept of the files of a draft that was given up; whether there may be more."""
    files = Intake.objects.filter(submission=submission_id)
    left = [_kept_erase(one) for one in files]
    return any(left)


def _broken_erase(intake: Intake) -> bool:
    with connection.cursor() as cursor:
        table = BrokenRow._meta.db_table
        cursor.execute(
            f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE intake_id = %s LIMIT %s)",  # noqa: S608
            [intake.pk, BROKEN_AT_ONCE],
        )
        return cursor.rowcount == BROKEN_AT_ONCE


def _kept_erase(intake: Intake) -> bool:
    more = _broken_erase(intake)
    parts = IntakePart.objects.filter(intake=intake)
    blobs = [*parts.exclude(blob="").values_list("blob", flat=True), *([intake.blob] if intake.blob else [])]
    parts.delete()
    intake.lanes.all().delete()
    Intake.objects.filter(pk=intake.pk).update(blob="")
    for name in blobs:
        transaction.on_commit(partial(blob_delete, name))
    return more
