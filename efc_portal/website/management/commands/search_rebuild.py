"""`manage.py search_rebuild`: write anew what search finds."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from efc_portal.website.models import SearchEntry
from efc_portal.website.search.documents import document_text_read, document_text_want, documents_due, documents_unknown
from efc_portal.website.search.services import search_rebuild


class Command(BaseCommand):
    help = "Write anew what search finds, page by page; search works meanwhile. May be stopped and repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        for document in documents_unknown().iterator():
            document_text_want(document=document)
        for done in search_rebuild():
            self.stdout.write(f"{done} pages")
        read = 0
        for waiting in documents_due().iterator():
            read += document_text_read(document_id=waiting.pk)
        self.stdout.write(f"{read} documents read")
        self.stdout.write(f"Search finds {SearchEntry.objects.count()} pages and files.")
