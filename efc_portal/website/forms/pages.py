"""The form that every public page is edited with."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class PublicPageForm(WagtailAdminPageForm):
    """Refuses an address that already belongs to another part of the portal, where the page would never be seen."""

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug and self.parent_page.depth == 2 and _taken(f"/{slug}/"):
            raise ValidationError(
                _("The address /%(slug)s/ belongs to another part of the portal. Choose another one."),
                params={"slug": slug},
            )
        return slug


def _taken(path: str) -> bool:
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False
