"""What the CMS says about documents that search, and many readers, cannot read."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.documents.permissions import permission_policy

from efc_portal.website.enums import ReadingStatus
from efc_portal.website.models import DocumentText

UNREADABLE = (ReadingStatus.EMPTY, ReadingStatus.LOCKED, ReadingStatus.BROKEN)


def unreadable() -> QuerySet[DocumentText]:
    found = DocumentText.objects.filter(status__in=UNREADABLE).select_related("document")
    return found.order_by("-document__created_at")


class UnreadableDocumentsView(ReportView):
    """The report: which documents hold no text that could be read, and what to do about each."""

    page_title = _("Documents without text")
    header_icon = "doc-full-inverse"
    index_url_name = "website_unreadable_documents"
    index_results_url_name = "website_unreadable_documents_results"
    permission_policy = permission_policy
    any_permission_required = ["add", "change"]
    list_export: list[str] = []
    columns = [
        TitleColumn(
            "document",
            label=_("Document"),
            accessor="document.title",
            get_url=lambda one: reverse("wagtaildocs:edit", args=[one.document_id]),
        ),
        Column("problem", label=_("What is wrong, and what to do")),
        DateColumn("created_at", label=_("Uploaded"), accessor="document.created_at"),
    ]

    def get_queryset(self) -> QuerySet[DocumentText]:
        return unreadable()


class UnreadableDocumentsPanel(Component):
    """On the CMS's first page, while there are such documents."""

    name = "unreadable_documents"
    template_name = "website/cms/unreadable_documents.html"
    order = 250

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"count": unreadable().count(), "url": reverse("website_unreadable_documents")}


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    view = UnreadableDocumentsView
    return [
        path("reports/documents-without-text/", view.as_view(), name=view.index_url_name),
        path(
            "reports/documents-without-text/results/",
            view.as_view(results_only=True),
            name=view.index_results_url_name,
        ),
    ]


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    view = UnreadableDocumentsView
    return MenuItem(view.page_title, reverse(view.index_url_name), icon_name=view.header_icon, order=1100)


@hooks.register("construct_homepage_panels")
def panel(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(UnreadableDocumentsPanel())
