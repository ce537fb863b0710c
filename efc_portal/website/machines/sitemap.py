"""The sitemap: every live page with the day of its last change and its translations. Few queries, however many."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from efc_portal.core.languages import address_in
from efc_portal.core.page_cache import cached_page
from efc_portal.core.public_facts import FACTS, fact
from efc_portal.website.languages import homes

MOST = 5000  # addresses in one file; the protocol allows 50,000


@require_safe
@cached_page("pages", "site", FACTS)
def sitemap(request: HttpRequest) -> HttpResponse:
    """All addresses at `/sitemap.xml`; where they are many, an index of files of them."""
    parts = -(-_pages().count() // MOST)
    if parts <= 1:
        return _urlset(request, 1, last=True)
    addresses = [f"{settings.PORTAL_URL}{reverse('sitemap_part', args=[part + 1])}" for part in range(parts)]
    return _xml(request, "website/machines/sitemap_index.xml", {"addresses": addresses})


@require_safe
@cached_page("pages", "site", FACTS)
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """One file of addresses, counted from 1."""
    total = _pages().count()
    if number < 1 or (number > 1 and (number - 1) * MOST >= total):
        raise Http404
    return _urlset(request, number, last=number * MOST >= total)


def _pages() -> Any:
    """Pages of a language of their own only: an alias repeats another page's words under its own address."""
    return Page.objects.live().filter(depth__gt=1, alias_of=None).order_by("path")


def _urlset(request: HttpRequest, number: int, *, last: bool) -> HttpResponse:
    part = _pages()[(number - 1) * MOST : number * MOST]
    fields = ("path", "depth", "url_path", "locale", "translation_key", "content_type", "last_published_at")
    pages = list(part.select_related("locale").only(*fields, "locale__language_code"))
    addresses: dict[int, str] = {page.pk: page.get_full_url(request) or "" for page in pages}
    translations = _translations(request, pages)
    urls = [
        {
            "address": addresses[page.pk],
            "changed": page.last_published_at,
            "translations": translations.get(page.translation_key, []),
        }
        for page in pages
        if addresses[page.pk]
    ]
    urls += _elsewhere(request) if last else []
    return _xml(request, "website/machines/sitemap.xml", {"urls": urls})


def _elsewhere(request: HttpRequest) -> list[dict[str, Any]]:
    """Public pages of other apps: they are there in every open language."""
    found = []
    for path in fact("addresses") or []:
        addresses = [(code, f"{settings.PORTAL_URL}{address_in(code, path)}") for code in homes(request)]
        translations = addresses if len(addresses) > 1 else []
        found += [{"address": address, "translations": translations} for _code, address in addresses]
    return found


def _translations(request: HttpRequest, pages: list[Page]) -> dict[Any, list[tuple[str, str]]]:
    """`{translation key: [(language, address)]}` of the pages that are there in more than one language."""
    keys = [page.translation_key for page in pages]
    found: dict[Any, list[tuple[str, str]]] = defaultdict(list)
    if Page.objects.filter(depth=2).values("locale").distinct().count() > 1:
        fields = ("path", "depth", "url_path", "locale", "translation_key", "locale__language_code")
        for page in _pages().filter(translation_key__in=keys).select_related("locale").only(*fields):
            if address := page.get_full_url(request):
                found[page.translation_key].append((page.locale.language_code, address))
    return {key: languages for key, languages in found.items() if len(languages) > 1}


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    content = render_to_string(template, context)
    return HttpResponse(content, content_type="application/xml; charset=utf-8")
