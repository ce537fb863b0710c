"""The periodic task of this app."""

from __future__ import annotations

from celery import shared_task

from efc_portal.core.retention import expired_purge


@shared_task(ignore_result=True)
def purge_expired() -> None:
    """Erase what has reached the end of its time. Safe to repeat."""
    expired_purge()
