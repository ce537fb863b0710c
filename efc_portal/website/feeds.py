"""News and reports for feed readers, as RSS and as Atom: the latest thirty of a section, or of one kind of news."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed
from django.utils.translation import gettext as _

from efc_portal.website import selectors
from efc_portal.website.enums import NewsKind
from efc_portal.website.models import NewsIndexPage, NewsPage, ReportPage, ReportsIndexPage
from efc_portal.website.plain import plain

ITEMS = 30
Section = NewsIndexPage | ReportsIndexPage
Item = NewsPage | ReportPage


class _Rss(Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"


class _Atom(Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"


FILES = {"feed.xml": _Rss, "atom.xml": _Atom}


def feed_of(section: Section, request: HttpRequest, file: str, *, kind: str = "") -> HttpResponse | None:
    """The feed of a section under the name of its file; None when there is no such file."""
    if file not in FILES:
        return None
    feed = _SectionFeed()
    feed.feed_type = FILES[file]
    return feed(request, section=section, kind=kind)


class _SectionFeed(Feed):
    """The latest of a section, in the language of its page. One text with a control character would stop all of it."""

    def get_object(self, request: HttpRequest, *args: Any, section: Section, kind: str) -> Section:
        self.asked_by = request  # addresses of pages are looked up once for each request
        self.kind = NewsKind(kind) if kind else None
        return section

    def title(self, section: Section) -> str:
        title = f"{section.title}: {self.kind.label}" if self.kind else section.title
        return _("%(coalition)s: %(title)s") % {"coalition": _(settings.WAGTAIL_SITE_NAME), "title": plain(title)}

    def link(self, section: Section) -> str:
        address: str = section.get_full_url(self.asked_by)
        return f"{address}?kind={self.kind.value}" if self.kind else address

    def description(self, section: Section) -> str:
        return plain(section.introduction) or _("What the coalition publishes.")

    subtitle = description

    def items(self, section: Section) -> list[Item]:
        if isinstance(section, ReportsIndexPage):
            return list(selectors.reports(section)[:ITEMS])
        news = selectors.news_with_categories(section)
        return list((news.filter(kind=self.kind) if self.kind else news)[:ITEMS])

    def item_title(self, item: Item) -> str:
        return plain(item.title)

    def item_description(self, item: Item) -> str:
        return plain(item.summary)

    def item_link(self, item: Item) -> str:
        address: str = item.get_full_url(self.asked_by)
        return address

    item_guid_is_permalink = False

    def item_guid(self, item: Item) -> str:
        """Stays when the page is renamed or moved; within a feed all items have one language."""
        return f"urn:uuid:{item.translation_key}"

    def item_pubdate(self, item: Item) -> datetime:
        return timezone.make_aware(datetime.combine(item.date, time(9)))

    def item_updateddate(self, item: Item) -> datetime | None:
        changed: datetime | None = item.last_published_at
        return changed

    def item_author_name(self, item: Item) -> str:
        name: str = getattr(item, "author_name", "")
        return plain(name) or _(settings.WAGTAIL_SITE_NAME)

    def item_categories(self, item: Item) -> list[str]:
        category = getattr(item, "category", None)
        return [str(item.get_kind_display()), *([plain(category.local_name)] if category else [])]

    def item_enclosures(self, item: Item) -> list[Enclosure]:
        """A report's files; RSS takes one alone."""
        files = [file.document for file in item.files.all()] if isinstance(item, ReportPage) else []
        most = 1 if self.feed_type is _Rss else len(files)
        return [
            Enclosure(
                url=self.asked_by.build_absolute_uri(document.url),
                length=str(document.file_size or 0),
                mime_type=document.content_type,
            )
            for document in files[:most]
        ]
