"""The Celery side of the outbox: one task that works, one that sweeps."""

from __future__ import annotations

from celery import shared_task

from efc_portal.workflow.services import send_quietly, work_drain_for, work_sweep

DRAIN_SECONDS = 5.0
WORKERS_WOKEN = 4


@shared_task(ignore_result=True)
def work_drain() -> None:
    """Do due steps for a few seconds."""
    work_drain_for(DRAIN_SECONDS)


@shared_task(ignore_result=True)
def work_sweep_task() -> None:
    """Wake workers for steps that stand too long (their message was lost, or their worker died)."""
    if work_sweep():
        for _worker in range(WORKERS_WOKEN):
            send_quietly(work_drain.delay)
