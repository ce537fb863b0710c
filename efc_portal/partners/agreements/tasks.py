"""The periodic task of the memorandum."""

from __future__ import annotations

from celery import shared_task

from efc_portal.partners.agreements.asking import members_remind


@shared_task
def memorandum_remind() -> None:
    """Ask and remind members, once a day; may run more often and do no harm."""
    members_remind()
