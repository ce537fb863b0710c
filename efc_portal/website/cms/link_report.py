"""The report on links: what is broken, since when, and on which page; checked anew at a press."""

from __future__ import annotations

from typing import Any

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from efc_portal.core.errors import ApplicationError
from efc_portal.core.spreadsheets import cell
from efc_portal.website.enums import LinkKind, LinkStatus
from efc_portal.website.links.services import link_check_start
from efc_portal.website.models.links import Link, LinkCheck

_FIRST = [LinkStatus.BROKEN, LinkStatus.NOT_PUBLIC, LinkStatus.UNREACHABLE, LinkStatus.MOVED, LinkStatus.UNCLEAR]
_TEXTS = ("page.title", "target", "text", "moved_to", "get_kind_display", "get_status_display")


class LinkFilters(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(label=_("State"), choices=LinkStatus.choices)
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=LinkKind.choices)
    page = django_filters.CharFilter(label=_("Title of the page"), field_name="page__title", lookup_expr="icontains")

    class Meta:
        model = Link
        fields: list[str] = []


class LinkReport(ReportView):
    """All links, those to mend first."""

    model = Link
    template_name = "website/cms/links.html"
    page_title = _("Links")
    header_icon = "link"
    index_url_name = "website_links"
    index_results_url_name = "website_links_results"
    permission_policy = page_permission_policy
    permission_required = "change"
    filterset_class = LinkFilters
    no_results_message = _("No link is like that. Where nothing was checked yet, check the links now.")
    columns = [
        TitleColumn("page", label=_("Page"), accessor="page.title", get_url=lambda link: _edit_url(link)),
        Column("text", label=_("Words of the link")),
        Column("target", label=_("Leads to"), accessor=lambda link: _shown(link)),
        Column("status", label=_("State"), accessor="get_status_display"),
        Column("moved_to", label=_("Lies now at")),
        DateColumn("first_broken_at", label=_("First seen broken")),
        DateColumn("checked_at", label=_("Last checked")),
    ]
    list_export = [*_TEXTS, "code", "first_broken_at", "checked_at"]
    export_headings = {
        "page.title": _("Page"),
        "get_kind_display": _("Kind"),
        "get_status_display": _("State"),
    }
    export_filename = "links"
    custom_field_preprocess = {
        name: {"csv": lambda text: cell(str(text)), "xlsx": lambda text: cell(str(text))} for name in _TEXTS
    }

    def get_queryset(self) -> QuerySet[Link]:
        ranks = [When(status=status, then=Value(rank)) for rank, status in enumerate(_FIRST)]
        rank = Case(*ranks, default=Value(len(ranks)), output_field=IntegerField())
        return Link.objects.select_related("page").annotate(rank=rank).order_by("rank", "page__title", "target")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """With the titles of the pages of this site that the links on show lead to."""
        if self.is_export:
            return object_list
        links = list(object_list)
        ids = [link.target for link in links if link.kind == LinkKind.PAGE and link.target.isdigit()]
        titles = dict(Page.objects.filter(pk__in=ids).values_list("pk", "title"))
        for link in links:
            if link.kind == LinkKind.PAGE and link.target.isdigit():
                link.leads_to = titles.get(int(link.target), "")
        return links

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        check = LinkCheck.objects.order_by("-started_at").first()
        return {**context, "check": check, "asks_others": settings.LINK_CHECK_EXTERNAL}


def _edit_url(link: Link) -> str:
    return reverse("wagtailadmin_pages:edit", args=[link.page_id])


def _shown(link: Link) -> str:
    """Where a link leads, for people: a page by its title, everything else as it is written."""
    if link.kind in {LinkKind.PAGE, LinkKind.DOCUMENT}:
        title = getattr(link, "leads_to", "")
        return f"{link.get_kind_display()}: {title or link.target}"
    return link.target


@require_POST
def check_now(request: HttpRequest) -> HttpResponse:
    """Begin to check all links."""
    if not page_permission_policy.user_has_permission(request.user, "change"):
        raise PermissionDenied
    try:
        link_check_start(actor=request.user)  # type: ignore[arg-type]  # signed in, or not here
    except ApplicationError as error:
        messages.warning(request, error.message)
    return redirect("website_links")


class LinksItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(page_permission_policy.user_has_permission(request.user, "change"))
