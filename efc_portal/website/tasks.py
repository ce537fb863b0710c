"""Periodic work of the public site."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command

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
