"""Finding a partner, and what an organisation says about itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.db.models import QuerySet
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from efc_portal.core.countries import countries_named
from efc_portal.core.forms import choices_set
from efc_portal.partners.enums import Sector
from efc_portal.partners.models import Listing

DESCRIPTION_LENGTH = 1500


class DirectoryFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error. Only what leads somewhere can be chosen."""

    hide_optional = True

    sector = forms.ChoiceField(label=_("Sector"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, sectors: list[Sector], countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(
            self,
            "sector",
            [("", pgettext_lazy("sectors", "All")), *((sector.value, sector.label) for sector in sectors)],
        )
        choices_set(self, "country", [("", pgettext_lazy("countries", "All")), *countries_named(countries)])

    def apply(self, queryset: QuerySet[Listing]) -> QuerySet[Listing]:
        self.is_valid()
        wanted = self.cleaned_data
        if sector := wanted.get("sector"):
            queryset = queryset.filter(organisation__sector=sector)
        if country := wanted.get("country"):
            queryset = queryset.filter(organisation__country=country)
        return queryset

    @property
    def filters(self) -> bool:
        """Whether anything is left out."""
        return any(self.cleaned_data.values())


class ListingsFilterForm(forms.Form):
    hide_optional = True

    q = forms.CharField(label=_("Name"), required=False, max_length=80)
    shown = forms.ChoiceField(
        label=_("In the directory"),
        required=False,
        choices=[("", pgettext_lazy("listings", "All")), ("yes", _("Shown")), ("no", _("Hidden"))],
    )

    def apply(self, queryset: QuerySet[Listing]) -> QuerySet[Listing]:
        self.is_valid()
        wanted = self.cleaned_data
        if name := wanted.get("q"):
            queryset = queryset.filter(name__icontains=name.strip())
        if shown := wanted.get("shown"):
            queryset = queryset.filter(is_shown=shown == "yes")
        return queryset


class ListingForm(forms.Form):
    """One description for each language of the portal."""

    is_shown = forms.TypedChoiceField(
        label=_("Does your organisation stand in the public directory?"),
        choices=[("yes", _("Yes, show it")), ("no", _("No, hide it"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text=_("Hidden, it has no public page and is counted nowhere. You can change this at any time."),
        error_messages={"required": _("Say whether the organisation is shown.")},
    )
    name = forms.CharField(
        label=_("Public name"), max_length=200, error_messages={"required": _("Give the name that readers know.")}
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": _("Give the whole address, such as https://www.example.org.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _name in settings.INTERFACE_LANGUAGES:
            self.fields[f"description_{code}"] = forms.CharField(
                label=_("Description (%(language)s)")
                % {"language": get_language_info(code)["name_local"].capitalize()},
                required=False,
                max_length=DESCRIPTION_LENGTH,
                widget=forms.Textarea(attrs={"rows": 5, "lang": code}),
                help_text=_(
                    "What you do, and what you bring to the coalition. Plain text; an empty line parts paragraphs."
                ),
            )

    @classmethod
    def of(cls, listing: Listing) -> ListingForm:
        texts = {
            f"description_{code}": listing.descriptions.get(code, "") for code, _name in settings.INTERFACE_LANGUAGES
        }
        return cls(
            initial={
                "is_shown": "yes" if listing.is_shown else "no",
                "name": listing.name,
                "website": listing.organisation.website,
                **texts,
            }
        )

    @property
    def descriptions(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"description_{code}"] for code, _name in settings.INTERFACE_LANGUAGES}
