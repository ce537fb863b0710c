"""Periodic work of the public site."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command


@shared_task
def pages_publish_scheduled() -> None:
    """Publish and withdraw the pages whose hour has come, as their editors set it."""
    call_command("publish_scheduled")
