"""Redirects that editors make, kept to the public site."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.middleware import RedirectMiddleware

PUBLIC = {"wagtail_serve", "page_file", "wagtaildocs_serve", "rendition"}


class PageRedirects(RedirectMiddleware):
    """Follows a redirect only from addresses of the public site.

    Whoever types `/workspace` or `/accounts/login` without the last stroke, or opens what is not theirs, must never
    be led to an address that an editor, or somebody with an editor's session, chose.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404 or belongs_elsewhere(request.path_info):
            return response
        followed: HttpResponse = super().process_response(request, response)
        return followed


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
