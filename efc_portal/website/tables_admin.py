"""The tables of the public site in the CMS, places to report to and categories of news, and what follows a change.

A row waits for nobody's approval: what one person changes is recorded, and told to everybody else who may approve.
"""

from __future__ import annotations

from typing import Any, cast

import django_filters
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from efc_portal.audit.services import Actor
from efc_portal.website import services
from efc_portal.website.models import NewsCategory, NewsIndexPage, WhereToReportPage
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
    menu_label = pgettext_lazy("menu", "Places to report")
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


class _CategoryChooser(AdminSnippetChooser):
    """Wagtail puts its own words together once, in the language of the first process: these wait for the reader's."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choose_one_text = _("Choose a category")
        self.choose_another_text = _("Choose another category")
        self.link_to_chosen_text = _("Edit this category")


class CategoryChooserViewSet(SnippetChooserViewSet):
    @cached_property
    def widget_class(self) -> _CategoryChooser:
        return _CategoryChooser(model=self.model, icon=self.icon)


class NewsCategoryViewSet(SnippetViewSet):
    """Categories of news, beside the pages."""

    model = NewsCategory
    icon = "tag"
    add_to_admin_menu = True
    menu_label = pgettext_lazy("menu", "News categories")
    chooser_viewset_class = CategoryChooserViewSet
    menu_order = 250
    list_display = ["name", "slug"]
    inspect_view_enabled = False


@hooks.register("after_create_snippet")
def _added(request: HttpRequest, instance: object) -> None:
    if isinstance(instance, ReportingPlace):
        _record(request, "place.add", instance)
    elif isinstance(instance, NewsCategory):
        _record(request, "category.add", instance)


@hooks.register("after_edit_snippet")
def _changed(request: HttpRequest, instance: object) -> None:
    if isinstance(instance, ReportingPlace):
        _record(request, "place.change", instance)
    elif isinstance(instance, NewsCategory):
        _record(request, "category.change", instance)


@hooks.register("after_delete_snippet")
def _removed(request: HttpRequest, instances: list[object]) -> None:
    for instance in instances:
        if isinstance(instance, ReportingPlace):
            _record(request, "place.remove", instance)
        elif isinstance(instance, NewsCategory):
            _record(request, "category.remove", instance)


def _record(request: HttpRequest, action: str, row: ReportingPlace | NewsCategory) -> None:
    services.table_change_record(
        row=row,
        action=action,
        actor=cast(Actor, request.user),  # the CMS lets nobody else in
        path=_path_of(WhereToReportPage if isinstance(row, ReportingPlace) else NewsIndexPage),
    )


def _path_of(kind: Any) -> str:
    page = kind.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE).first()
    parts = page.get_url_parts() if page else None
    return str(parts[2]) if parts else "/"
