"""Making and changing redirects, each on its own."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.views import CreateView, EditView

from efc_portal.website.redirects import leads_here


class OwnRedirectForm(RedirectForm):
    """Leads to a page, or to an address of this site, which may be a path alone."""

    redirect_link = forms.CharField(
        label=_("Or to an address of this site"),
        required=False,
        max_length=255,
        help_text=_("For example /reports/. Choose a page above where there is one: its address may then change."),
    )

    def clean_redirect_link(self) -> str:
        address: str = self.cleaned_data["redirect_link"]
        if address and not leads_here(address):
            raise ValidationError(
                _("Redirects stay on this site. Begin with one stroke, as in /reports/, or with %(address)s/."),
                params={"address": settings.PORTAL_URL},
            )
        return address

    def _get_validation_exclusions(self) -> set[str]:
        """The model would take whole addresses alone."""
        exclude: set[str] = super()._get_validation_exclusions()
        return exclude | {"redirect_link"}


class AddRedirect(CreateView):
    form_class = OwnRedirectForm


class EditRedirect(EditView):
    form_class = OwnRedirectForm
