"""What the secretariat and liaisons fill in about law enforcement agencies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from efc_portal.core.addresses import domain_canonical
from efc_portal.core.countries import country_choices, is_country
from efc_portal.core.errors import ApplicationError
from efc_portal.core.forms import CodeField
from efc_portal.partners.agencies.services import liaison_check, phone_canonical
from efc_portal.partners.enums import Matter
from efc_portal.partners.models import Agency

_PHONE_HINT = _("With its country code, from a source that is neither the agency’s mail nor what it wrote here.")
_SOURCE_HINT = _("A public register, the ministry’s directory, an earlier meeting.")


def _phone() -> forms.CharField:
    return forms.CharField(
        label=_("Telephone number of the agency"),
        max_length=40,
        help_text=_PHONE_HINT,
        widget=forms.TextInput(attrs={"type": "tel", "class": "govuk-input--width-20", "autocomplete": "off"}),
        error_messages={"required": _("Give the number by which the agency is called.")},
    )


def _source() -> forms.CharField:
    return forms.CharField(
        label=_("Where was the number found?"),
        max_length=200,
        help_text=_SOURCE_HINT,
        error_messages={"required": _("Say where the number was found.")},
    )


class _CompetenceFields(forms.Form):
    countries = forms.CharField(
        label=_("Countries"),
        required=False,
        max_length=400,
        help_text=_("Two-letter codes with commas between them, such as BE, NL. Empty: every country."),
    )
    matters = forms.MultipleChoiceField(
        label=_("Matters"),
        choices=Matter.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one matter.")},
    )

    def clean_countries(self) -> list[str]:
        codes = [code.strip().upper() for code in self.cleaned_data["countries"].replace(" ", ",").split(",")]
        codes = list(dict.fromkeys(code for code in codes if code))
        if unknown := [code for code in codes if not is_country(code)]:
            raise ValidationError(
                _("“%(code)s” is not a country code. Use two letters, such as BE."), params={"code": unknown[0]}
            )
        return codes


class CompetenceForm(_CompetenceFields):
    reason = forms.CharField(
        label=_("Why does it change?"),
        max_length=300,
        help_text=_("It stands in the agency’s history."),
        error_messages={"required": _("Say why the competence changes.")},
    )

    @classmethod
    def of(cls, agency: Agency) -> CompetenceForm:
        return cls(initial={"countries": ", ".join(agency.countries), "matters": agency.matters})


class AdmitForm(_CompetenceFields):
    name = forms.CharField(
        label=_("Name of the agency"), max_length=200, error_messages={"required": _("Give the agency’s name.")}
    )
    country = CodeField(
        label=_("Country"),
        choices=lambda: [("", _("Choose a country")), *country_choices()],
        is_code=is_country,
        error_messages={"required": _("Choose the country.")},
    )
    domains = forms.CharField(
        label=_("Official mail domains"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One in each line, such as police.example."),
        error_messages={"required": _("Give at least one official domain.")},
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Give an address such as https://www.example.org.")},
    )
    phone = _phone()
    source = _source()
    liaison_name = forms.CharField(
        label=_("First liaison"), max_length=150, error_messages={"required": _("Give the name of the liaison.")}
    )
    liaison_email = forms.CharField(
        label=_("E-mail address of the liaison"),
        max_length=254,
        help_text=_("At one of the official domains. The invitation goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Give the liaison’s e-mail address.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"), choices=settings.INTERFACE_LANGUAGES, initial=settings.LANGUAGE_CODE
    )
    field_order = [
        "name",
        "country",
        "countries",
        "matters",
        "domains",
        "website",
        "phone",
        "source",
        "liaison_name",
        "liaison_email",
        "language",
    ]

    def clean_domains(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["domains"].replace(",", "\n").splitlines()]
        return list(dict.fromkeys(_canonical(domain_canonical, line) for line in lines if line))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "phone" in cleaned and cleaned.get("country"):
            self._checked("phone", phone_canonical, cleaned["phone"], cleaned["country"])
        if "liaison_email" in cleaned and cleaned.get("domains"):
            self._checked("liaison_email", liaison_check, cleaned["liaison_email"], cleaned["domains"])
        return cleaned

    def _checked(self, field: str, check: Any, *values: Any) -> None:
        try:
            check(*values)
        except ApplicationError as error:
            self.add_error(field, error.message)


class ChannelForm(forms.Form):
    phone = _phone()
    source = _source()


class ChannelConfirmForm(forms.Form):
    number = forms.CharField(widget=forms.HiddenInput, max_length=30)
    spoke_with = forms.CharField(
        label=_("Whom did you speak with?"),
        max_length=150,
        help_text=_("A name and function, as they were told to you."),
        error_messages={"required": _("Say whom you spoke with.")},
    )


class KeyConfirmForm(forms.Form):
    ending = forms.CharField(widget=forms.HiddenInput, max_length=8)
    number = forms.CharField(
        label=_("Which number did you call?"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "class": "govuk-input--width-20", "autocomplete": "off"}),
        error_messages={"required": _("Say which number you called.")},
    )
    source = forms.CharField(
        label=_("Where did you find it?"),
        max_length=200,
        help_text=_SOURCE_HINT,
        error_messages={"required": _("Say where you found the number.")},
    )


def _canonical(form_of: Any, text: str) -> str:
    try:
        return str(form_of(text))
    except ApplicationError as error:
        raise ValidationError(error.message) from error


class AgencyKeyForm(forms.Form):
    recipient = forms.CharField(
        label=_("New age public key"),
        max_length=2000,  # a key has 62; the service says what else was pasted
        help_text=_("The line that age-keygen prints as “Public key”. It begins with age1."),
        error_messages={"required": _("Paste the public key.")},
    )
