"""Addresses of the CMS that are answered before Wagtail's own of the same path."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import display_custom_404
from wagtail.utils.urlpatterns import decorate_urlpatterns

from efc_portal.website.cms import edit, link_report
from efc_portal.website.cms.redirects import AddRedirect, EditRedirect


def not_offered(request: HttpRequest, **_parts: Any) -> HttpResponse:
    """What the secretariat does not need and would have to be watched.

    Pages are worked on by people, not by programs. Redirects are made one by one: a file of them could lead every
    address of the site to another at once.
    """
    raise Http404


_patterns = [
    path("pages/<int:page_id>/edit/", edit.EditPage.as_view()),
    path("pages/<int:page_id>/revisions/<int:revision_id>/revert/", edit.RevertPage.as_view()),
    re_path(
        r"^pages/(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/$", edit.CompareVersions.as_view()
    ),
    path("reports/links/", link_report.LinkReport.as_view(), name="website_links"),
    path("reports/links/results/", link_report.LinkReport.as_view(results_only=True), name="website_links_results"),
    path("reports/links/check/", link_report.check_now, name="website_links_check"),
    re_path(r"^workflows/task_chooser/.*$", not_offered),
    path("api/main/pages/<int:pk>/action/<str:action_name>/", not_offered),
    path("redirects/add/", AddRedirect.as_view()),
    path("redirects/<int:redirect_id>/", EditRedirect.as_view()),
    re_path(r"^redirects/import/(?:process/)?$", not_offered),
]
urlpatterns = decorate_urlpatterns(decorate_urlpatterns(_patterns, require_admin_access), display_custom_404)
