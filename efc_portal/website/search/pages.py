"""What of a page can be found: the fields it declares in `search_fields`, and the files it offers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from wagtail.models import Page, get_page_models
from wagtail.query import PageQuerySet
from wagtail.search import index

from efc_portal.website.enums import EntryKind
from efc_portal.website.models import NewsPage, PublicDocument, ReportPage
from efc_portal.website.models.base import PublicPage
from efc_portal.website.search.words import clean

SUMMARIES = ("summary", "introduction", "opening", "search_description")


@dataclass(frozen=True)
class OfferedFile:
    """A file that a page offers, and the language it is in."""

    document_id: int
    language: str


def live_pages() -> PageQuerySet:
    """The pages that search may show: those of the public site, once they are live."""
    public = [model for model in get_page_models() if issubclass(model, PublicPage)]
    return Page.objects.live().type(*public).order_by("pk")


def kind_of(page: Page) -> EntryKind:
    return {NewsPage: EntryKind.NEWS, ReportPage: EntryKind.REPORTS}.get(type(page), EntryKind.PAGES)


def date_of(page: Page) -> date:
    """The date that the page itself shows, or else the day it was last published."""
    shown = getattr(page, "date", None)
    return shown or timezone.localdate(page.last_published_at or timezone.now())


def summary_of(page: Page) -> str:
    return clean(getattr(page, _summary_field(page), "") or "")


def _summary_field(page: Page) -> str:
    return next((name for name in SUMMARIES if getattr(page, name, "")), SUMMARIES[-1])


def text_of(page: Page) -> str:
    """All words of a page without its title, the summary first."""
    apart = {"title", _summary_field(page)}
    fields = [one for one in page.get_search_fields() if isinstance(one, index.SearchField)]
    texts = [text for one in fields if one.field_name not in apart for text in _texts(one.get_value(page))]
    return clean(" ".join(_ended(text) for text in [summary_of(page), *texts] if text))


def _ended(text: str) -> str:
    """With a full stop where a heading or a label has none, so that an excerpt does not run two of them together."""
    text = text.rstrip()
    return f"{text}." if text[-1:].isalnum() else text


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _texts(one)


def files_of(page: Page) -> list[OfferedFile]:
    """The files that a page lists, and those that its blocks and links lead to, each once."""
    found: dict[int, OfferedFile] = {}
    if isinstance(page, ReportPage):
        for file in page.files.all():
            found.setdefault(file.document_id, OfferedFile(file.document_id, file.language))
    for number in _referred(page):
        found.setdefault(number, OfferedFile(number, page.locale.language_code))
    return list(found.values())


def _referred(page: Page) -> Iterable[int]:
    for field in page._meta.concrete_fields:
        if hasattr(field, "extract_references") and (value := field.value_from_object(page)):
            for model, number, *_path in field.extract_references(value):
                if model is PublicDocument:
                    yield int(number)
