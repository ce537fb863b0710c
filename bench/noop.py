"""What the workflow is compared with: the fastest that Celery can be on this broker with these workers."""

from __future__ import annotations

from pathlib import Path

from celery import shared_task


@shared_task
def nothing() -> None:
    """Only taken from the queue and acknowledged."""


@shared_task
def mark(path: str) -> None:
    """Show that the queue was worked off up to here."""
    Path(path).touch()
