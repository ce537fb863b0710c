"""News and reports in numbers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Page

from efc_portal.website.models import (
    NewsIndexPage,
    NewsPage,
    PublicDocument,
    ReportDocument,
    ReportPage,
    ReportsIndexPage,
)


def in_language(kind: type[Page], language: str = "en") -> Any:
    """The one page of a kind that there is of each language: the home page, the lists."""
    return kind.objects.get(locale__language_code=language)


def news_item(number: int = 1, *, language: str = "en", **fields: Any) -> NewsPage:
    day = date(2026, 1, 1) - timedelta(days=number)
    made = {"title": f"Item {number}", "slug": f"item-{number}", "date": day, "summary": f"What item {number} says."}
    page: NewsPage = in_language(NewsIndexPage, language).add_child(instance=NewsPage(**{**made, **fields}))
    return page


def report(number: int = 1, *, files: int = 2, language: str = "en", **fields: Any) -> ReportPage:
    day = date(2026, 1, 1) - timedelta(days=number)
    made = {"title": f"Report {number}", "slug": f"report-{number}", "date": day, "summary": "What it says."}
    page: ReportPage = in_language(ReportsIndexPage, language).add_child(instance=ReportPage(**{**made, **fields}))
    for place in range(files):
        document = PublicDocument(title=page.title, file=ContentFile(b"a,b\n1,2\n", f"report-{number}-{place}.csv"))
        document._set_document_file_metadata()
        document.save()
        ReportDocument.objects.create(page=page, document=document, sort_order=place)
    return page
