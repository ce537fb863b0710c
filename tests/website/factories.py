"""News and reports in numbers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile

from efc_portal.website.models import (
    NewsIndexPage,
    NewsPage,
    PublicDocument,
    ReportDocument,
    ReportPage,
    ReportsIndexPage,
)


def news_item(number: int = 1, **fields: Any) -> NewsPage:
    day = date(2026, 1, 1) - timedelta(days=number)
    made = {"title": f"Item {number}", "slug": f"item-{number}", "date": day, "summary": f"What item {number} says."}
    page: NewsPage = NewsIndexPage.objects.get().add_child(instance=NewsPage(**{**made, **fields}))
    return page


def report(number: int = 1, *, files: int = 2, **fields: Any) -> ReportPage:
    day = date(2026, 1, 1) - timedelta(days=number)
    made = {"title": f"Report {number}", "slug": f"report-{number}", "date": day, "summary": "What it says."}
    page: ReportPage = ReportsIndexPage.objects.get().add_child(instance=ReportPage(**{**made, **fields}))
    for place in range(files):
        document = PublicDocument(title=page.title, file=ContentFile(b"a,b\n1,2\n", f"report-{number}-{place}.csv"))
        document._set_document_file_metadata()
        document.save()
        ReportDocument.objects.create(page=page, document=document, sort_order=place)
    return page
