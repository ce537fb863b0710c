"""What Celery does about accounts from time to time."""

from __future__ import annotations

from celery import shared_task

from efc_portal.accounts.services import sessions_forget


@shared_task(ignore_result=True)
def sessions_forget_task() -> None:
    """Delete sessions that ran out. Safe to repeat."""
    sessions_forget()
