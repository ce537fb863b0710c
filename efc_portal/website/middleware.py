"""Redirects that editors make, kept to the public site; and languages that are not open yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import DisallowedRedirect
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from efc_portal.core.languages import bare_address, language_named_in
from efc_portal.website.languages import homes
from efc_portal.website.redirects import leads_here
from efc_portal.website.serving import not_here

GetResponse = Callable[[HttpRequest], HttpResponse]

PAGES = {"wagtail_serve", "page_file"}
PUBLIC = PAGES | {"wagtaildocs_serve", "rendition"}


class PageRedirects(RedirectMiddleware):
    """Follows a redirect only from addresses of the public site.

    Whoever types `/workspace` or `/accounts/login` without the last stroke, or opens what is not theirs, must never
    be led to an address that an editor, or somebody with an editor's session, chose. Nor does a redirect lead away from
    this site, however it came to be stored.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404 or belongs_elsewhere(request.path_info):
            return response
        try:
            followed: HttpResponse = super().process_response(request, response)
        except (DisallowedRedirect, ValueError):  # `javascript:`, or no address at all
            return response
        return followed if leads_here(followed.headers.get("Location", "")) else response


def belongs_elsewhere(path: str) -> bool:
    """Whether an address, with or without its last stroke, or all that begins like it is another part's."""
    first = path.lstrip("/").partition("/")[0]
    return any(_name(one) not in PUBLIC for one in (path, f"{path.rstrip('/')}/", f"/{first}/"))


def _name(path: str) -> str:
    """The name of the view behind an address; the pages are behind whatever is nobody's."""
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return "wagtail_serve"


class ClosedLanguages:
    """Answers that nothing is there yet at public addresses of a language that has no home page.

    Those of pages find it out themselves (`serving.page_serve`).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        language = language_named_in(request.path_info)
        page = request.resolver_match is not None and request.resolver_match.url_name in PAGES
        if not language or page or language in homes(request):
            return None
        return not_here(request, bare_address(request.path_info).removeprefix("/"))
