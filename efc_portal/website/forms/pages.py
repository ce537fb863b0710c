"""The form that every public page is edited with."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue

from efc_portal.core.languages import bare_address
from efc_portal.website.languages import HOME_DEPTH
from efc_portal.website.plain import plain, plain_form, plain_throughout


class PublicPageForm(WagtailAdminPageForm):
    """Refuses an address that already belongs to another part of the portal, where the page would never be seen.

    Control characters, as word processors paste them, are taken out: feeds could not carry them.
    """

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(plain_form(data), *args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Rich text travels as JSON, in which a control character does not look like one until it is read."""
        cleaned: dict[str, Any] = super().clean()
        for name, value in cleaned.items():
            cleaned[name] = _plain_value(value)  # in place: a form further down looks at this very dictionary
        return cleaned

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug and self.parent_page.depth == HOME_DEPTH and _taken(f"{self.parent_page.url or '/'}{slug}/"):
            raise ValidationError(
                _("The address /%(slug)s/ belongs to another part of the portal. Choose another one."),
                params={"slug": slug},
            )
        return slug


def _plain_value(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, StreamValue):
        stored = value.stream_block.get_prep_value(value)
        made = plain_throughout(stored)
        return value if made == stored else value.stream_block.to_python(made)
    return value


def _taken(path: str) -> bool:
    """Whether a path is another view's, or begins like the addresses of another language."""
    try:
        return resolve(path).url_name != "wagtail_serve" or bare_address(path) == "/"
    except Resolver404:
        return False
