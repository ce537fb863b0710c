"""Periodic work of the public site."""

from __future__ import annotations

from contextlib import suppress

from celery import shared_task
from django.core.management import call_command

from efc_portal.core.errors import Conflict
from efc_portal.website.links.services import link_check_go_on, link_check_start


@shared_task
def pages_publish_scheduled() -> None:
    """Publish and withdraw the pages whose hour has come, as their editors set it."""
    call_command("publish_scheduled")


@shared_task
def links_check() -> None:
    """Go on with the check of the links that is open, if one is; what is left is for the next message."""
    if link_check_go_on():
        links_check.delay()


@shared_task
def links_check_begin() -> None:
    """Begin the weekly check of all links."""
    with suppress(Conflict):  # somebody asked for one a moment ago
        link_check_start(actor=None)
