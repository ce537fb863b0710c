"""Which languages a public page can be read in, and where.

A language is open when its home page is published; until then no page offers it, and its addresses are not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page, Site

from efc_portal.core.languages import address_in

EU_LANGUAGES = settings.LANGUAGES  # a report's file may be in any of them

HOME_DEPTH = 2


@dataclass(frozen=True)
class Version:
    """Where a page can be read in one language: there itself, or else the nearest page above it."""

    code: str
    url: str
    full_url: str
    exact: bool
    current: bool
    title: str = ""

    @property
    def main(self) -> bool:
        """Whether this is the portal's own language, in which those read who have no better one."""
        return self.code == settings.LANGUAGE_CODE

    @property
    def name(self) -> str:
        """The language, in its own name."""
        return dict(settings.LANGUAGES)[self.code]


def versions_here(request: HttpRequest, page: Page | None) -> list[Version]:
    """The page that a request asks for in every open language, in the order of the settings; looked up once."""
    if not hasattr(request, "_language_versions"):
        found = _of_page(request, page) if page else _of_address(request)
        found.sort(key=lambda one: _place(one.code))
        request._language_versions = found  # type: ignore[attr-defined]
    return cast(list[Version], request._language_versions)  # type: ignore[attr-defined]


def homes(request: HttpRequest) -> dict[str, Page]:
    """The published home page of each open language, looked up once for a request."""
    if not hasattr(request, "_language_homes"):
        site = Site.find_for_request(request)
        key = site.root_page.translation_key if site else None
        live = Page.objects.live().filter(translation_key=key, depth=HOME_DEPTH).select_related("locale")
        request._language_homes = {home.locale.language_code: home for home in live}  # type: ignore[attr-defined]
    return cast(dict[str, Page], request._language_homes)  # type: ignore[attr-defined]


def elsewhere(request: HttpRequest, path: str) -> list[Page]:
    """Published pages, in any language, that stand where a path points to or translate one that does.

    `path` is the part of an address behind its language: `news/training/`.
    """
    places = [f"{home.url_path}{path}" for home in homes(request).values()]
    keys = Page.objects.live().filter(url_path__in=places).values("translation_key")
    found = Page.objects.live().filter(translation_key__in=keys).select_related("locale")
    return sorted(found, key=lambda page: _place(page.locale.language_code))


def _of_page(request: HttpRequest, page: Page) -> list[Version]:
    """Translations of a page, or of the nearest page above it, in one query."""
    step = Page.steplen
    above = [page.path[:end] for end in range(HOME_DEPTH * step, len(page.path) + 1, step)]
    keys = Page.objects.filter(path__in=above).values("translation_key")
    found = Page.objects.live().filter(translation_key__in=keys).select_related("locale").order_by("depth")
    nearest: dict[str, Page] = {}
    for one in found:
        code = one.locale.language_code
        if one.depth == HOME_DEPTH or code in nearest:
            nearest[code] = one
    return [
        Version(
            code=code,
            url=one.get_url(request) or "/",
            full_url=one.get_full_url(request) or "/",
            exact=one.translation_key == page.translation_key,
            current=code == request.language_of_address,  # type: ignore[attr-defined]
            title=one.title,
        )
        for code, one in nearest.items()
    ]


def _of_address(request: HttpRequest) -> list[Version]:
    """A page that is no page of the CMS, search for example, is there in every open language."""
    site = Site.find_for_request(request)
    here = request.language_of_address  # type: ignore[attr-defined]
    versions = []
    for code in homes(request):
        url = address_in(code, request.path)
        versions.append(Version(code, url, f"{site.root_url}{url}", exact=True, current=code == here))
    return versions


def _place(language: str) -> tuple[bool, int]:
    """Where a language stands in a list: the portal's own first, then as in the settings."""
    return language != settings.LANGUAGE_CODE, list(dict(settings.LANGUAGES)).index(language)
