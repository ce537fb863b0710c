"""An organisation's entry: its fields, its domains, its contacts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from efc_portal.core.countries import country_choices, is_country
from efc_portal.core.errors import ApplicationError
from efc_portal.core.forms import CodeField
from efc_portal.partners.enums import ContactKind, LawfulBasis, Sector
from efc_portal.partners.models import Organisation
from efc_portal.partners.register.services import (
    FIELDS,
    NAME_LENGTH,
    organisation_values,
    organisation_version,
)

_OBLIGED = {"yes": True, "no": False, "": None}


def reason_field(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        min_length=5,
        max_length=200,
        help_text=help_text,
        error_messages={
            "required": _("State the reason."),
            "min_length": _("State the reason in words that others can understand later."),
        },
    )


class EntryForm(forms.Form):
    """The fields of the register, checked by the same rules as the service that writes them."""

    name = forms.CharField(
        label=_("Name"), max_length=200, error_messages={"required": _("Give the organisation’s name.")}
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=[("", _("Choose a sector")), *Sector.choices],
        error_messages={"required": _("Choose the sector.")},
    )
    country = CodeField(
        label=_("Country"),
        choices=lambda: [("", _("Choose a country")), *country_choices()],
        is_code=is_country,
        error_messages={"required": _("Choose the country."), "invalid_choice": _("Choose a country of the list.")},
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        error_messages={"invalid": _("Give the whole address, such as https://www.example.org.")},
    )
    register_number = forms.CharField(
        label=_("Register number"), required=False, max_length=60, help_text=_("Of the national company register.")
    )
    lei = forms.CharField(
        label=_("LEI"), required=False, max_length=40, help_text=_("20 letters and digits, as in the LEI register.")
    )
    is_obliged = forms.TypedChoiceField(
        label=_("Is it an obliged entity under anti-money-laundering law?"),
        required=False,
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))],
        coerce=lambda value: _OBLIGED[value],
        empty_value=None,
        widget=forms.RadioSelect,
    )
    lawful_basis = forms.ChoiceField(
        label=_("Lawful basis for sharing personal data"),
        required=False,
        choices=[("", _("Not known")), *LawfulBasis.choices],
    )

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        country = cleaned.get("country") or (self.organisation.country if self.organisation else "")
        for name in FIELDS:
            if name not in cleaned:
                continue
            try:
                cleaned |= organisation_values({name: cleaned[name]}, country=country, but=self.organisation)
            except ApplicationError as error:
                self.add_error(name, error.message)
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the register, in their canonical forms."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class OrganisationForm(EntryForm):
    """A change of an entry. `version` tells which state of it was shown."""

    reason = reason_field(_("Why does this change?"), _("It stays beside the change. The organisation can read it."))
    version = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    @classmethod
    def of(cls, organisation: Organisation) -> OrganisationForm:
        now = {name: getattr(organisation, name) for name in FIELDS}
        obliged = {True: "yes", False: "no", None: ""}[organisation.is_obliged]
        initial = {**now, "is_obliged": obliged, "version": organisation_version(organisation)}
        return cls(initial=initial, organisation=organisation)

    def renewed(self, organisation: Organisation) -> OrganisationForm:
        """The same form for the state that the entry is in now: what was typed stays."""
        self.data = {**dict(self.data.items()), "version": organisation_version(organisation)}
        return self


class NewOrganisationForm(EntryForm):
    """A partner that is admitted by hand."""

    domains = forms.CharField(
        label=_("Mail domains"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One on each line, such as example.org. Only addresses of these can be invited."),
    )
    reason = reason_field(
        _("Why is it admitted by hand?"),
        _("Organisations join by an application. Say who decided, and where that is written."),
    )

    field_order = ["name", "sector", "country", "domains", "website", "register_number", "lei"]

    @property
    def domain_names(self) -> list[str]:
        return self.cleaned_data["domains"].replace(",", " ").replace(";", " ").split()


class DomainForm(forms.Form):
    name = forms.CharField(
        label=_("Domain"),
        max_length=260,
        help_text=_("What stands behind the @, such as example.org."),
        error_messages={"required": _("Give the domain.")},
    )
    reason = reason_field(_("How was it confirmed?"), _("The organisation can read it."))


class DomainRemovalForm(forms.Form):
    reason = reason_field(_("Why is it taken away?"), _("The organisation can read it."))


class ContactForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Contact for"),
        choices=[("", _("Choose what for")), *ContactKind.choices],
        error_messages={"required": _("Choose what the contact is for.")},
    )
    name = forms.CharField(
        label=_("Name"), max_length=NAME_LENGTH, error_messages={"required": _("Give the contact’s name.")}
    )
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"spellcheck": "false"}),
        error_messages={"required": _("Give the contact’s e-mail address.")},
    )
    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=40, help_text=_("With its country, such as +32 2 555 01 00.")
    )
