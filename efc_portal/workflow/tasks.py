"""The Celery side of the outbox: one task that works, one that sweeps, one that tidies."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.services import send_quietly
from efc_portal.workflow.worker import work_drain_for, work_stands

DRAIN_SECONDS = 5.0
STEP_SECONDS = 600  # a step that hangs this long is killed with its worker process, and counts as an attempt
WORKERS_WOKEN = 4
DONE_KEPT = timedelta(days=30)


@shared_task(time_limit=STEP_SECONDS)
def work_drain() -> None:
    """Do due steps for a few seconds, then make room for other tasks and go on."""
    if work_drain_for(DRAIN_SECONDS):
        send_quietly(work_drain)


@shared_task
def work_sweep() -> None:
    """Wake workers for steps that stand too long: their message was lost, their worker died, or their time has come."""
    if work_stands():
        for _worker in range(WORKERS_WOKEN):
            send_quietly(work_drain)


@shared_task
def work_tidy() -> None:
    """Forget steps that were done long ago; what they did is in the audit record."""
    while True:
        batch = WorkItem.objects.filter(done_at__lt=timezone.now() - DONE_KEPT).values("pk")[:5000]
        if not WorkItem.objects.filter(pk__in=batch).delete()[0]:
            return
