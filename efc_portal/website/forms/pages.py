"""The form that every public page is edited with."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from efc_portal.core.languages import bare_address
from efc_portal.website.languages import HOME_DEPTH


class PublicPageForm(WagtailAdminPageForm):
    """Refuses an address that already belongs to another part of the portal, where the page would never be seen."""

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug and self.parent_page.depth == HOME_DEPTH and _taken(f"{self.parent_page.url or '/'}{slug}/"):
            raise ValidationError(
                _("The address /%(slug)s/ belongs to another part of the portal. Choose another one."),
                params={"slug": slug},
            )
        return slug


def _taken(path: str) -> bool:
    """Whether a path is another view's, or begins like the addresses of another language."""
    try:
        return resolve(path).url_name != "wagtail_serve" or bare_address(path) == "/"
    except Resolver404:
        return False
