"""What public pages list. Only live pages, whoever asks; always with what their cards show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from wagtail.models import Page, Site

from efc_portal.core.page_cache import depends_on

if TYPE_CHECKING:
    from efc_portal.website.models import ChairLetterPage, NewsPage, ReportPage


def news(near: Page) -> QuerySet[NewsPage]:
    """News in the language of a page, the latest first."""
    from efc_portal.website.models import NewsPage

    depends_on(f"news:{near.locale_id}")
    return NewsPage.objects.live().filter(locale_id=near.locale_id).order_by("-date", "-pk")


def reports(near: Page) -> QuerySet[ReportPage]:
    """Reports in the language of a page, the latest first, with their files."""
    from efc_portal.website.models import ReportPage

    depends_on(f"reports:{near.locale_id}")
    live = ReportPage.objects.live().filter(locale_id=near.locale_id)
    return (
        live.select_related("cover").prefetch_related("cover__renditions", "files__document").order_by("-date", "-pk")
    )


def letters(near: Page) -> QuerySet[ChairLetterPage]:
    """The chair's letters in the language of a page, the latest first."""
    from efc_portal.website.models import ChairLetterPage

    depends_on(f"letters:{near.locale_id}")
    live = ChairLetterPage.objects.live().filter(locale_id=near.locale_id)
    return live.select_related("portrait").prefetch_related("portrait__renditions").order_by("-date", "-pk")


def linked_pages(request: HttpRequest) -> QuerySet[Page]:
    """The pages directly below the home page that header (`in_header`) or footer (`in_footer`) lead to."""
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    depends_on(f"navigation:{site.root_page.locale_id}")
    return (
        Page.objects.child_of(site.root_page)
        .live()
        .annotate(in_header=F("show_in_menus"), in_footer=F("standardpage__show_in_footer"))
        .filter(Q(in_header=True) | Q(in_footer=True))
        .select_related("locale")
        .order_by("path")
    )
