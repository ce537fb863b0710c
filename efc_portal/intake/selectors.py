"""Reads of files of rows. Every object is fetched through `visible_to`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.shortcuts import get_object_or_404
from django.utils import timezone

from efc_portal.intake.enums import IntakeStatus
from efc_portal.intake.models import BrokenRow, ColumnMemory, Intake
from efc_portal.intake.rows import Columns, Formats
from efc_portal.intake.services.files import fingerprint

RECENT = timedelta(seconds=30)  # over which the rate is taken


def intakes_for(user: object) -> QuerySet[Intake]:
    found: Any = Intake.objects.visible_to(user).select_related("submission__data_key", "uploaded_by")
    return found


def get_intake_for(user: object, pk: UUID) -> Intake:
    return get_object_or_404(intakes_for(user), pk=pk)


def open_intakes(user: object) -> QuerySet[Intake]:
    """Files that somebody of the organisation still has to do something about, the latest first."""
    return intakes_for(user).exclude(status=IntakeStatus.CONFIRMED).order_by("-uploaded_at")


def rows_left(intake: Intake) -> QuerySet[BrokenRow]:
    """The rows that were not taken and did not come again in a file that was checked since."""
    rows: Any = intake.broken_rows.exclude(again_in__status=IntakeStatus.CHECKED)
    return rows


@dataclass(frozen=True)
class Progress:
    """How far a file is. `rate` is rows a second of late, `left` how long it may take; both None when not known."""

    checked: int
    read: int
    whole: bool  # whether `read` is all rows of the file
    good: int
    broken: int
    rate: float | None
    left: timedelta | None


def progress_of(intake: Intake) -> Progress:
    """One query, whatever the file's size."""
    since = timezone.now() - RECENT
    done = Q(done_at__isnull=False)
    found = intake.parts.aggregate(
        checked=Sum("rows", filter=done, default=0),
        good=Sum("good", default=0),
        broken=Sum("broken", default=0),
        late=Sum("rows", filter=Q(done_at__gt=since), default=0),
        parts=Count("pk", filter=Q(done_at__gt=since)),
    )
    rate = left = None
    if found["parts"] and intake.began_at:
        began = max(intake.began_at, since)
        seconds = max((timezone.now() - began).total_seconds(), 1.0)
        rate = found["late"] / seconds
        if intake.read_through and rate:
            left = timedelta(seconds=(intake.read_rows - found["checked"]) / rate)
    return Progress(
        checked=found["checked"],
        read=intake.read_rows,
        whole=intake.read_through,
        good=found["good"],
        broken=found["broken"],
        rate=rate,
        left=left,
    )


def remembered(intake: Intake, names: list[str]) -> tuple[Columns, Formats] | None:
    """How the organisation described a file with these columns the last time."""
    found = ColumnMemory.objects.filter(
        organisation=intake.submission.organisation_id, fingerprint=fingerprint(names)
    ).first()
    if found is None:
        return None
    stored = {**found.columns, "width": len(names) if found.columns.get("width") else 0}
    return Columns.from_json(stored), Formats.from_json(found.formats)
