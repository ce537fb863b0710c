"""Periodic work of `core`."""

from __future__ import annotations

from celery import shared_task

from efc_portal.core.page_cache.changes import changes_forget


@shared_task
def page_changes_forget() -> None:
    """Forget changes of public pages that every web process has seen long ago."""
    changes_forget()
