"""The public site, its editing, and the addresses that machines look for. Included last: pages are whatever is left."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.admin import urls as cms_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents.views.serve import serve as serve_document
from wagtail.urls import serve_pattern
from wagtail.utils.urlpatterns import decorate_urlpatterns

from efc_portal.core.languages import in_every_language
from efc_portal.website import views
from efc_portal.website.cms import urls as cms
from efc_portal.website.downloads import published
from efc_portal.website.machines.sitemap import sitemap, sitemap_part
from efc_portal.website.search.views import opensearch, search_page
from efc_portal.website.serving import page_serve

View = Callable[..., HttpResponse]


def editing(view: View) -> View:
    """For editors and approvers only: anybody else who is signed in finds nothing here.

    A preview is a public page answered inside the CMS: it drops its own content policy, which forbids the frame that
    shows it, and gets the one of the CMS.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.user.is_superuser = False  # for Wagtail, a superuser's flag opens everything; here roles do
        if request.user.is_authenticated and not request.user.has_perm("wagtailadmin.access_admin"):
            raise Http404
        response = view(request, *args, **kwargs)
        response.headers.pop("Content-Security-Policy", None)
        return response

    return wrapped


cms_patterns: list[URLPattern | URLResolver] = [
    path("login/", views.cms_login, name="website_cms_login"),
    path("logout/", views.cms_logout, name="website_cms_logout"),
    path("account/", editing(require_admin_access(views.CmsAccountView.as_view()))),
    *decorate_urlpatterns(cms.urlpatterns, editing),
    path("", include(decorate_urlpatterns([*cms_urls.urlpatterns], editing))),
]

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemap_part, name="sitemap_part"),
    path("media/images/<str:name>", views.rendition, name="rendition"),
    path("media/cards/<int:pk>-<slug:digest>.png", views.card, name="card"),
    path("reports/id/<slug:short_id>/", views.report_permanent, name="report_permanent"),
    re_path(r"^documents/(\d+)/(.*)$", published(serve_document), name="wagtaildocs_serve"),
    path("cms/", include(cms_patterns)),
    # What people read: here, and behind the prefix of a language. A new public view belongs into this list.
    *in_every_language(
        path("search/", search_page, name="search"),
        path("opensearch.xml", opensearch, name="opensearch"),
        # Wagtail's own list of addresses also holds a sign-in page without a second factor: only its pages are taken.
        re_path(serve_pattern, page_serve, name="wagtail_serve"),
        # a file below a page's address is a form of that page for machines: /news/feed.xml, /news/…/event.ics
        re_path(r"^(?P<path>(?:[\w\-]+/)+[\w\-]+\.[a-z]+)$", page_serve, name="page_file"),
    ),
]
