"""What public pages list. Only live pages, whoever asks; always with what their cards show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils.translation import get_language
from wagtail.models import Page

if TYPE_CHECKING:
    from efc_portal.website.models import ChairLetterPage, NewsIndexPage, NewsPage, ReportPage


def news(near: Page) -> QuerySet[NewsPage]:
    """News in the language of a page, the latest first."""
    from efc_portal.website.models import NewsPage

    return NewsPage.objects.live().filter(locale_id=near.locale_id).order_by("-date", "-pk")


def news_index(near: Page) -> NewsIndexPage | None:
    """The list of all news in the language of a page."""
    from efc_portal.website.models import NewsIndexPage

    return NewsIndexPage.objects.live().filter(locale_id=near.locale_id).first()


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


def linked_pages() -> list[Page]:
    """The pages directly below the home page that header (`in_header`) or footer (`in_footer`) lead to.

    Of the language that is active; of the portal's own where that one has none.
    """
    language = get_language() or settings.LANGUAGE_CODE
    pages = (
        Page.objects.live()
        .filter(depth=3, locale__language_code__in={language, settings.LANGUAGE_CODE})
        .annotate(in_header=F("show_in_menus"), in_footer=F("standardpage__show_in_footer"))
        .filter(Q(in_header=True) | Q(in_footer=True))
        .select_related("locale")
        .order_by("path")
    )
    return [page for page in pages if page.locale.language_code == language] or list(pages)
