"""What `website/_machines.html` writes into the head of every page of the public site."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page

from efc_portal.website import selectors
from efc_portal.website.machines.card import HEIGHT, WIDTH, card_path
from efc_portal.website.machines.schema import described
from efc_portal.website.models import NewsIndexPage, ReportPage, ReportsIndexPage
from efc_portal.website.models.base import PublicPage

register = template.Library()

_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.simple_tag(takes_context=True)
def machines(context: dict[str, Any]) -> dict[str, Any]:
    """Feeds, the picture to share and the structured data of the page that is shown; of a draft, the feeds alone."""
    request, page = context["request"], context.get("page")
    said: dict[str, Any] = {"feeds": _feeds(request, context, page)}
    if not isinstance(page, PublicPage) or not page.pk:
        return said
    picture = _picture(page)
    address = page.get_full_url(request) or ""
    structured = described(page, request, address=address, picture=picture["url"])
    return {**said, "address": address, "picture": picture, "structured": structured}


@register.filter
def json_ld(value: Any) -> SafeString:
    """A data block. Nothing in it can end it: what has a meaning in HTML is written by its number."""
    text = json.dumps(value, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  escaped above


def _feeds(request: HttpRequest, context: dict[str, Any], page: Page | None) -> list[dict[str, str]]:
    """The feeds to follow from a page, the one that it belongs to first."""
    feeds = []
    for section in _sections(request, page):
        kind = context.get("kind") if isinstance(page, NewsIndexPage) and section.pk == page.pk else None
        places = [(f"{section.title}: {kind.label}", f"{kind.value}/")] if kind else []
        for title, below in [*places, (section.title, "")]:
            for file, type_ in (("feed.xml", "application/rss+xml"), ("atom.xml", "application/atom+xml")):
                name = f"{_(settings.WAGTAIL_SITE_NAME)}: {title}, {'RSS' if file == 'feed.xml' else 'Atom'}"
                feeds.append({"title": name, "type": type_, "url": f"{section.get_url(request)}{below}{file}"})
    return feeds


def _sections(request: HttpRequest, page: Page | None) -> list[Page]:
    """The two lists in the page's language, the one that the page belongs to first; read once for each request."""
    if page is None or not page.locale_id:
        return []
    kept: dict[int, list[Page]] = request.__dict__.setdefault("_sections", {})
    if page.locale_id not in kept:
        kept[page.locale_id] = selectors.sections(page)
    of_reports = isinstance(page, ReportsIndexPage | ReportPage)
    return sorted(kept[page.locale_id], key=lambda section: bool(section.is_reports) != of_reports)


def _picture(page: PublicPage) -> dict[str, Any]:
    """The picture to share: the one an editor chose, or the one made from the title."""
    chosen = page.share_picture
    if chosen:
        made = chosen.get_rendition(f"fill-{WIDTH}x{HEIGHT}|format-jpeg")
        alt = chosen.description or chosen.title
        return {
            "url": f"{settings.PORTAL_URL}{made.url}",
            "type": "image/jpeg",
            "width": made.width,
            "height": made.height,
            "alt": alt,
        }
    coalition = _(settings.WAGTAIL_SITE_NAME)
    alt = f"{getattr(page, 'headline', '') or page.title} – {coalition}"
    return {
        "url": f"{settings.PORTAL_URL}{card_path(page)}",
        "type": "image/png",
        "width": WIDTH,
        "height": HEIGHT,
        "alt": alt,
    }
