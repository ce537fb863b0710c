"""That an import was cancelled is told at its address for a quarter of a year; then it is an address like any other."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from efc_portal.core.retention import expires
from efc_portal.intake.models import CancelledIntake

TOLD = timedelta(days=90)


@expires("cancelled imports")
def cancelled_intakes_expire() -> int:
    """Forget those of before."""
    number, _by_model = CancelledIntake.objects.filter(cancelled_at__lt=timezone.now() - TOLD).delete()
    return number
