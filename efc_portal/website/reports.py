"""What editors read in the CMS about the site: how often documents were downloaded."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import page_permission_policy

from efc_portal.website.models import PublicDocument, ReportDocument


class _DownloadsFilter(WagtailFilterSet):
    since = django_filters.DateFilter(label=_("From the day"), widget=AdminDateInput, method="kept")
    until = django_filters.DateFilter(label=_("To the day"), widget=AdminDateInput, method="kept")

    class Meta:
        model = PublicDocument
        fields: list[str] = []

    def kept(self, queryset: QuerySet[PublicDocument], _name: str, _value: date) -> QuerySet[PublicDocument]:
        """The days are counted within, not filtered by: a document that nobody wanted is worth knowing too."""
        return queryset

    def filter_queryset(self, queryset: QuerySet[PublicDocument]) -> QuerySet[PublicDocument]:
        return _counted(queryset, self.form.cleaned_data["since"], self.form.cleaned_data["until"])


class DownloadsView(ReportView):
    """Documents with their downloads between two days, the most wanted first; as CSV or XLSX too."""

    page_title = _("Downloads")
    header_icon = "download"
    results_template_name = "website/cms/downloads_results.html"
    index_url_name = "website_downloads"
    index_results_url_name = "website_downloads_results"
    filterset_class = _DownloadsFilter
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    list_export = ["title", "filename", "report", "total", "last_day"]
    export_headings = {
        "title": _("Document"),
        "filename": _("File"),
        "report": _("Report"),
        "total": _("Downloads"),
        "last_day": _("Last downloaded on"),
    }
    default_ordering = None

    def get_filename(self) -> str:
        return "downloads"

    def get_queryset(self) -> QuerySet[PublicDocument]:
        return PublicDocument.objects.all()

    def filter_queryset(self, queryset: QuerySet[PublicDocument]) -> QuerySet[PublicDocument]:
        filtered: Any = super().filter_queryset(queryset)
        return filtered if "total" in filtered.query.annotations else _counted(filtered, None, None)


def _counted(documents: QuerySet[PublicDocument], since: date | None, until: date | None) -> QuerySet[PublicDocument]:
    """Documents with `total`, `last_day` and `report`, the title of the page that offers it."""
    within = Q()
    if since:
        within &= Q(counts__day__gte=since)
    if until:
        within &= Q(counts__day__lte=until)
    page = ReportDocument.objects.filter(document=OuterRef("pk")).order_by("pk").values("page__title")[:1]
    return documents.annotate(
        total=Coalesce(Sum("counts__count", filter=within), 0), report=Subquery(page), last_day=Max("counts__day")
    ).order_by(F("total").desc(), "title")
