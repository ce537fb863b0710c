"""What the CMS shows around its pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import locale_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from efc_portal.website.cms import menu, names
from efc_portal.website.cms.link_report import LinksItem
from efc_portal.website.cms.links import PublicPageLink
from efc_portal.website.reports import DownloadsView
from efc_portal.website.search import hooks as search_hooks
from efc_portal.website.tables_admin import NewsCategoryViewSet, ReportingPlaceViewSet

__all__ = ["names", "search_hooks"]  # registered by being imported

register_snippet(ReportingPlaceViewSet)


@hooks.register("construct_main_menu")
def without_help(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's help leads to other people's servers."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


@hooks.register("register_admin_menu_item")
def back_to_workspace() -> MenuItem:
    return MenuItem(_("Workspace"), "/workspace/", icon_name="home", order=10)


hooks.register("construct_page_action_menu", menu.arrange)


@hooks.register("register_rich_text_features", order=10)  # after Wagtail's own
def link_to_public_pages(features: FeatureRegistry) -> None:
    features.register_link_type(PublicPageLink)


@hooks.register("register_reports_menu_item")
def report_on_links() -> MenuItem:
    return LinksItem(_("Links"), reverse("website_links"), name="links", icon_name="link", order=100)


class LanguagesMenuItem(MenuItem):
    """Wagtail shows its own to those alone who look after sites; editors do not, but may add a language."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(locale_permission_policy.user_has_any_permission(request.user, ["add", "delete"]))


@hooks.register("register_settings_menu_item")
def languages() -> MenuItem:
    return LanguagesMenuItem(
        _("Languages"), reverse("wagtaillocales:index"), name="languages", icon_name="globe", order=600
    )


@hooks.register("insert_global_admin_css")
def colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))


register_snippet(NewsCategoryViewSet)


@hooks.register("register_admin_urls")
def downloads_urls() -> list[URLPattern]:
    return [
        path("reports/downloads/", DownloadsView.as_view(), name="website_downloads"),
        path("reports/downloads/results/", DownloadsView.as_view(results_only=True), name="website_downloads_results"),
    ]


@hooks.register("register_reports_menu_item")
def downloads_menu() -> MenuItem:
    return MenuItem(_("Downloads"), reverse_lazy("website_downloads"), icon_name="download", order=300)
