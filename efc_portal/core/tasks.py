"""Periodic work of `core`."""

from __future__ import annotations

from celery import shared_task

from efc_portal.core.page_cache.changes import changes_forget
from efc_portal.core.retention import expired_purge


@shared_task(ignore_result=True)
def purge_expired() -> None:
    """Erase what has reached the end of its time. Safe to repeat."""
    expired_purge()


@shared_task
def page_changes_forget() -> None:
    """Forget changes of public pages that every web process has seen long ago."""
    changes_forget()
