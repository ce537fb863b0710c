"""Lists that readers narrow: what the address asks for, what there is to ask for, and one page of the answer.

A value that nobody could have chosen is left out, as if it had not been asked: an old address still shows a list.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from taggit.models import Tag
from wagtail.models import Page

from efc_portal.website import selectors
from efc_portal.website.enums import NewsKind, ReportKind
from efc_portal.website.plain import year_read

if TYPE_CHECKING:
    from efc_portal.website.models import NewsCategory

PAGE_SIZE = 12


class Listing:
    """A list of dated pages by kind and year. `year` is the one in the path, if there is one."""

    kinds: Any

    def __init__(self, page: Page, request: HttpRequest, year: int | None = None) -> None:
        self.page, self.request, self.year_in_path = page, request, year

    def everything(self) -> QuerySet[Any]:
        raise NotImplementedError

    @cached_property
    def kind(self) -> Any:
        wanted = self.request.GET.get("kind", "")
        return self.kinds(wanted) if wanted in self.kinds.values else None

    @cached_property
    def years(self) -> list[int]:
        return selectors.years(self.everything())

    @cached_property
    def year(self) -> int | None:
        if self.year_in_path:
            if self.year_in_path not in self.years:
                raise Http404
            return self.year_in_path
        wanted = year_read(self.request.GET.get("year", ""))
        return wanted if wanted and wanted in self.years else None

    def found(self) -> QuerySet[Any]:
        items = self.everything()
        if self.kind:
            items = items.filter(kind=self.kind)
        if self.year:
            items = items.filter(date__year=self.year)
        return items

    @cached_property
    def items(self) -> ListPage[Any]:
        return Paginator(self.found(), PAGE_SIZE).get_page(self.request.GET.get("page"))

    @property
    def chosen(self) -> dict[str, str]:
        """What the reader chose, by the names that addresses use; empty when nothing is chosen."""
        chosen = {"kind": self.kind.value if self.kind else "", "year": str(self.year or "")}
        return {name: value for name, value in chosen.items() if value}

    def context(self) -> dict[str, Any]:
        return {
            "listing": self,
            "items": self.items,
            "kind": self.kind,
            "kinds": list(self.kinds),
            "canonical_path": f"{self.year_in_path}/" if self.year_in_path else "",
        }


class NewsListing(Listing):
    """News by kind, category, tag and year, with the events that come where nothing else is asked for."""

    kinds = NewsKind

    def everything(self) -> QuerySet[Any]:
        return selectors.news_with_categories(self.page)

    @cached_property
    def categories(self) -> list[NewsCategory]:
        return selectors.categories(self.page)

    @cached_property
    def category(self) -> NewsCategory | None:
        wanted = self.request.GET.get("category", "")
        return next((one for one in self.categories if one.slug == wanted), None)

    @cached_property
    def tag(self) -> Tag | None:
        wanted = self.request.GET.get("tag", "").replace("\x00", "")[:100]
        return Tag.objects.filter(slug=wanted).first() if wanted else None

    def found(self) -> QuerySet[Any]:
        items = super().found()
        if self.category:
            items = items.filter(category=self.category)
        if self.tag:
            items = items.filter(pk__in=self.tag.website_newstag_items.values("content_object"))
        return items

    @property
    def chosen(self) -> dict[str, str]:
        more = {
            "category": self.category.slug if self.category else "",
            "tag": self.tag.slug if self.tag else "",
        }
        return {**super().chosen, **{name: value for name, value in more.items() if value}}

    def context(self) -> dict[str, Any]:
        begins = self.items.number == 1 and not set(self.chosen) - {"kind"} and self.kind in (None, NewsKind.EVENT)
        return {**super().context(), "coming": selectors.coming_events(self.page) if begins else []}


class ReportListing(Listing):
    """Reports by kind and year."""

    kinds = ReportKind

    def everything(self) -> QuerySet[Any]:
        return selectors.reports(self.page)
