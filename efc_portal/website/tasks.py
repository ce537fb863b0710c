"""Periodic work of the public site."""

from __future__ import annotations

from contextlib import suppress

from celery import shared_task
from django.core.management import call_command

from efc_portal.core.errors import Conflict
from efc_portal.website.links.services import link_check_go_on, link_check_start
from efc_portal.website.search.documents import (
    document_text_read,
    document_text_want,
    documents_due,
    documents_unknown,
)
from efc_portal.website.search.services import search_page_write, search_pages_missing

SWEPT = 100  # of each at a time


@shared_task
def pages_publish_scheduled() -> None:
    """Publish and withdraw the pages whose hour has come, as their editors set it."""
    call_command("publish_scheduled")


@shared_task(time_limit=120)
def document_read(document_id: int) -> None:
    """Read the text of a PDF document for search."""
    document_text_read(document_id=document_id)


@shared_task
def search_sweep() -> None:
    """Catch up on what search does not know: documents without their text, pages that it has not heard of."""
    for document in documents_unknown()[:SWEPT]:
        document_text_want(document=document)
    for waiting in documents_due()[:SWEPT]:
        document_read.delay(waiting.pk)
    for page in search_pages_missing()[:SWEPT]:
        search_page_write(page=page)


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
