"""The periodic task of this app."""

from __future__ import annotations

from celery import shared_task

from efc_portal.partners.record.services import record_verify_daily


@shared_task
def record_verify() -> None:
    """Verify the audit record once a day, whenever in the day the portal runs."""
    record_verify_daily()
