"""The table “Where to report” in the CMS: a list that shows what is due for a check, and the record of each change."""

from __future__ import annotations

from typing import Any, cast

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from efc_portal.audit.services import Actor
from efc_portal.website import services
from efc_portal.website.models.places import CHECK_EVERY, ReportingPlace


class PlaceFilters(WagtailFilterSet):
    due = django_filters.BooleanFilter(label=_("Not checked for a year"), method="filter_due")

    class Meta:
        model = ReportingPlace
        fields = ["kind", "country"]

    def filter_due(self, places: QuerySet[ReportingPlace], _name: str, wanted: bool) -> QuerySet[ReportingPlace]:
        due = Q(checked_on=None) | Q(checked_on__lt=timezone.localdate() - CHECK_EVERY)
        return places.filter(due) if wanted else places.exclude(due)


class DueColumn(Column):
    def get_value(self, instance: ReportingPlace) -> str:
        return str(_("Check it")) if instance.is_due else ""


class ReportingPlaceViewSet(SnippetViewSet):
    model = ReportingPlace
    icon = "site"
    menu_label = _("Where to report")
    menu_name = "reporting-places"
    menu_order = 250
    add_to_admin_menu = True
    list_per_page = 100
    ordering = ["country", "order"]
    search_fields = ["name", "website", "phone"]
    filterset_class = PlaceFilters
    list_display: list[Any] = [
        "name",
        Column("country_label", label=_("Country"), sort_key="country"),
        "kind",
        "checked_on",
        DueColumn("is_due", label=_("Due")),
    ]
    inspect_view_enabled = False


def _editor(request: HttpRequest) -> Actor:
    return cast(Actor, request.user)  # the CMS lets nobody else in


@hooks.register("after_create_snippet")
def _added(request: HttpRequest, instance: object) -> None:
    if isinstance(instance, ReportingPlace):
        services.place_change_record(place=instance, action="place.add", actor=_editor(request))


@hooks.register("after_edit_snippet")
def _changed(request: HttpRequest, instance: object) -> None:
    if isinstance(instance, ReportingPlace):
        services.place_change_record(place=instance, action="place.change", actor=_editor(request))


@hooks.register("after_delete_snippet")
def _removed(request: HttpRequest, instances: list[object]) -> None:
    for instance in instances:
        if isinstance(instance, ReportingPlace):
            services.place_change_record(place=instance, action="place.remove", actor=_editor(request))
