"""What happens by the clock: reviews and last days."""

from __future__ import annotations

from datetime import date

from celery import shared_task
from django.utils import timezone

from efc_portal.partners.standing.leaves import leaves_carry_out
from efc_portal.partners.standing.reviews import graces_tell, reviews_lapse, reviews_open, reviews_tell


@shared_task
def standing_daily() -> None:
    """Open reviews, remind, escalate, and let go whose last day is over. Safe to repeat within the day."""
    standing_run(today=timezone.localdate())


def standing_run(*, today: date) -> None:
    """What a day asks for, in the order in which one follows from the other."""
    leaves_carry_out(today=today)
    reviews_open(today=today)
    reviews_tell(today=today)
    reviews_lapse(today=today)
    graces_tell(today=today)
