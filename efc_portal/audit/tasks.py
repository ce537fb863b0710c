"""The periodic tasks of the record."""

from __future__ import annotations

from celery import shared_task

from efc_portal.audit.seal import audit_seal


@shared_task
def seal() -> None:
    """Seal what was committed since the last time."""
    audit_seal()


@shared_task
def seal_whole() -> None:
    """Seal also what a transaction of more than an hour committed."""
    audit_seal(whole=True)
