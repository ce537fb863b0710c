"""The periodic task of contributions in kind."""

from __future__ import annotations

from celery import shared_task

from efc_portal.core.public_facts import public_facts_changed


@shared_task
def public_totals_renew() -> None:
    """With a new day may begin a new quarter, and with it the public totals change."""
    public_facts_changed()
