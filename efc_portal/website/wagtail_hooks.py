"""What the CMS shows around its pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import locale_permission_policy


@hooks.register("construct_main_menu")
def without_help(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's help leads to other people's servers."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


@hooks.register("register_admin_menu_item")
def back_to_workspace() -> MenuItem:
    return MenuItem(_("Workspace"), "/workspace/", icon_name="home", order=10)


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
