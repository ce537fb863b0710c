"""News for feed readers."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from efc_portal.core.languages import speak_address
from efc_portal.website import selectors
from efc_portal.website.caching import revalidated
from efc_portal.website.models import NewsIndexPage, NewsPage

ITEMS = 30


class _RssFeed(Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"


class NewsFeed(Feed):
    """The latest news of a language, at `/news/feed.xml`, `/fr/news/feed.xml`."""

    feed_type = _RssFeed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return revalidated(request, super().__call__(request, *args, **kwargs))

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> NewsIndexPage:
        language = get_language() or settings.LANGUAGE_CODE
        lists = NewsIndexPage.objects.live().filter(locale__language_code__in={language, settings.LANGUAGE_CODE})
        found = {page.locale.language_code: page for page in lists.select_related("locale")}
        page = found.get(language) or found.get(settings.LANGUAGE_CODE)  # a language without news tells the portal's
        if page is None:
            raise Http404
        speak_address(request, page.locale.language_code)
        page.asked_by = request  # addresses of pages are looked up once for each request
        return page

    def title(self, page: NewsIndexPage) -> str:
        return _("%(coalition)s: %(title)s") % {"coalition": _(settings.WAGTAIL_SITE_NAME), "title": page.title}

    def link(self, page: NewsIndexPage) -> str:
        return page.get_full_url(page.asked_by)

    def description(self, page: NewsIndexPage) -> str:
        return page.introduction or _("What the coalition announces.")

    def items(self, page: NewsIndexPage) -> list[NewsPage]:
        items = list(selectors.news(page)[:ITEMS])
        for item in items:
            item.asked_by = page.asked_by
        return items

    def item_title(self, item: NewsPage) -> str:
        return item.title

    def item_description(self, item: NewsPage) -> str:
        return item.summary

    def item_link(self, item: NewsPage) -> str:
        return item.get_full_url(item.asked_by)

    def item_pubdate(self, item: NewsPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(9)))

    def item_updateddate(self, item: NewsPage) -> datetime | None:
        return item.last_published_at

    def item_categories(self, item: NewsPage) -> list[str]:
        return [item.get_kind_display()]
