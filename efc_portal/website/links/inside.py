"""Whether a link within the site leads anywhere."""

from __future__ import annotations

import re
from functools import cached_property
from html import unescape
from urllib.parse import unquote

from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page, Site

from efc_portal.website.enums import LinkKind, LinkStatus
from efc_portal.website.links.extract import Found
from efc_portal.website.models.media import PublicDocument
from efc_portal.website.redirects import leads_here

_ID = re.compile(r"""\sid=["']?([^"'\s>]+)""")


class Inside:
    """Answers for the links of one page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def status(self, link: Found) -> LinkStatus:
        check = {
            LinkKind.PAGE: self._is_page,
            LinkKind.DOCUMENT: self._is_document,
            LinkKind.ANCHOR: self._is_place,
            LinkKind.PATH: self._is_path,
        }[link.kind]
        return LinkStatus.WORKS if check(link.target) else LinkStatus.BROKEN

    def _is_page(self, target: str) -> bool:
        return target.isdigit() and Page.objects.live().filter(pk=target).exists()

    def _is_document(self, target: str) -> bool:
        document = PublicDocument.objects.filter(pk=target).first() if target.isdigit() else None
        return document is not None and default_storage.exists(document.file.name)

    def _is_place(self, target: str) -> bool:
        return target == "#" or unquote(target[1:]) in self._places

    @cached_property
    def _places(self) -> set[str]:
        return _places_of(self._page)

    def _is_path(self, target: str) -> bool:
        path, _hash, place = target.partition("#")
        path = unquote(path)
        try:
            match = resolve(path)
        except Resolver404:
            return False
        if match.url_name != "wagtail_serve":
            return True
        page = self._page_at(path)
        if page is None:
            old = get_redirect(get_dummy_request(path=path, site=self._site), Redirect.normalise_path(path))
            return old is not None and leads_here(old.link or "")
        return not place or unquote(place) in _places_of(page)

    @cached_property
    def _site(self) -> Site | None:
        return self._page.get_site() or Site.objects.filter(is_default_site=True).first()

    def _page_at(self, path: str) -> Page | None:
        """The page readers see at an address: the one whose own address it is, in whatever language."""
        request = get_dummy_request(path=path, site=self._site)
        slug = path.rstrip("/").rpartition("/")[2]
        wanted = path.rstrip("/") + "/"
        near = Page.objects.live().filter(slug=slug) if slug else Page.objects.live().filter(depth=2)
        for page in [*near[:50], *Page.objects.live().filter(depth=2)[:30]]:
            if page.get_url(request) == wanted:
                return page
        return None


def _places_of(page: Page) -> set[str]:
    """What can be linked to on a page, as readers get it."""
    content = page.specific.make_preview_request().content.decode()
    return {unescape(found) for found in _ID.findall(content)}
