"""What public pages list. Only live pages, whoever asks; always with what their cards show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model, Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.query import PageQuerySet

if TYPE_CHECKING:
    from efc_portal.website.models import ChairLetterPage, NewsPage, ReportPage


def news(near: Page) -> QuerySet[NewsPage]:
    """News in the language of a page, the latest first."""
    from efc_portal.website.models import NewsPage

    return NewsPage.objects.live().filter(locale_id=near.locale_id).order_by("-date", "-pk")


def reports(near: Page) -> QuerySet[ReportPage]:
    """Reports in the language of a page, the latest first, with their files."""
    from efc_portal.website.models import ReportPage

    live = ReportPage.objects.live().filter(locale_id=near.locale_id)
    return live.select_related("cover").prefetch_related("files__document").order_by("-date", "-pk")


def letters(near: Page) -> QuerySet[ChairLetterPage]:
    """The chair's letters in the language of a page, the latest first."""
    from efc_portal.website.models import ChairLetterPage

    live = ChairLetterPage.objects.live().filter(locale_id=near.locale_id)
    return live.select_related("portrait").order_by("-date", "-pk")


def linked_pages(request: HttpRequest) -> QuerySet[Page]:
    """The pages directly below the home page that header (`in_header`) or footer (`in_footer`) lead to."""
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    return (
        Page.objects.child_of(site.root_page)
        .live()
        .annotate(in_header=F("show_in_menus"), in_footer=F("standardpage__show_in_footer"))
        .filter(Q(in_header=True) | Q(in_footer=True))
        .select_related("locale")
        .order_by("path")
    )


def pages_using(thing: Model) -> PageQuerySet:
    """The pages that link to a page, a picture or a document, or show it, as they are public or, if not, drafted."""
    references = ReferenceIndex.get_references_to(thing).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    ids = {int(one) for one in references.values_list("object_id", flat=True) if one.isdigit()}
    found = Page.objects.filter(pk__in=ids) if ids else Page.objects.none()
    return found.exclude(pk=thing.pk).order_by("title") if isinstance(thing, Page) else found.order_by("title")
