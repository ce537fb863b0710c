"""What an applicant fills in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from efc_portal.core.addresses import address_canonical, domain_of
from efc_portal.core.countries import country_choices, is_country
from efc_portal.core.errors import ApplicationError
from efc_portal.core.form_guard import GuardedForm
from efc_portal.core.forms import CodeField
from efc_portal.partners.applications.answers import LENGTHS, SEVERAL, answers_check
from efc_portal.partners.applications.enums import Obliged
from efc_portal.partners.applications.guard import GUARD
from efc_portal.partners.applications.names import free_mail_refuse
from efc_portal.partners.contributions.enums import ContributionKind
from efc_portal.partners.enums import LawfulBasis, Sector

ADDRESS = {"autocomplete": "email", "spellcheck": "false"}


def _email(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=254,
        widget=forms.EmailInput(attrs=ADDRESS),
        error_messages={"required": _("Give an e-mail address in the form name@example.org.")},
    )


def _sector() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Sector"),
        choices=[("", _("Choose a sector")), *Sector.choices],
        error_messages={"required": _("Choose the sector."), "invalid_choice": _("Choose a sector of the list.")},
    )


def _country() -> CodeField:
    return CodeField(
        label=_("Country"),
        choices=lambda: [("", _("Choose a country")), *country_choices()],
        is_code=is_country,
        help_text=_("Where the organisation is registered."),
        error_messages={"required": _("Choose the country."), "invalid_choice": _("Choose a country of the list.")},
    )


class StartForm(GuardedForm):
    """The first page: who applies, and the address that the link is sent to."""

    guard = GUARD

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=LENGTHS["name"],
        error_messages={"required": _("Give the organisation’s name.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    sector = _sector()
    country = _country()
    email = _email(
        _("Your e-mail address at the organisation"),
        _("We send a link to it, by which you begin and come back later."),
    )

    def clean_email(self) -> str:
        try:
            address = address_canonical(self.cleaned_data["email"])
            free_mail_refuse(domain_of(address))
        except ApplicationError as error:
            raise forms.ValidationError(error.message) from error
        return address


class LinkForm(GuardedForm):
    """Asking for a new link."""

    guard = GUARD

    email = _email(_("Your e-mail address"), _("The one that the application was begun with."))


class AnswersForm(forms.Form):
    """Every question of the application. `email` is the confirmed address of the contact."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=LENGTHS["name"],
        help_text=_("As the register has it, in its own script."),
        error_messages={"required": _("Give the organisation’s name.")},
    )
    sector = _sector()
    country = _country()
    register_number = forms.CharField(
        label=_("Number in the national register"),
        max_length=LENGTHS["register_number"],
        required=False,
        help_text=_("Of companies, associations or foundations. Leave it empty when there is none."),
    )
    lei = forms.CharField(
        label=_("LEI"),
        max_length=LENGTHS["lei"],
        required=False,
        help_text=_("Legal Entity Identifier, 20 letters and digits, if the organisation has one."),
    )
    website = forms.CharField(
        label=_("Website"),
        max_length=LENGTHS["website"],
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        error_messages={"required": _("Give the address of the organisation’s website.")},
    )
    domain = forms.CharField(
        label=_("Domain of your mail addresses"),
        max_length=LENGTHS["domain"],
        required=False,
        help_text=_("What stands behind the @. Only needed when it is not the website’s."),
    )
    is_obliged = forms.ChoiceField(
        label=_("Is the organisation an obliged entity under anti-money-laundering law?"),
        choices=Obliged.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is.")},
    )
    about = forms.CharField(
        label=_("What the organisation does"),
        max_length=LENGTHS["about"],
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("And what it has to do with the protection of children or with payments. Members read it."),
        error_messages={"required": _("Say in a few sentences what the organisation does.")},
    )
    gives = forms.MultipleChoiceField(
        label=_("What can it contribute in kind?"),
        choices=ContributionKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The coalition takes no fees. Tick all that apply."),
        error_messages={"required": _("Tick at least one.")},
    )
    gives_words = forms.CharField(
        label=_("In words"),
        max_length=LENGTHS["gives_words"],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What, about how much, and from when. Members read it, so name no people."),
        error_messages={"required": _("Describe what the organisation can contribute.")},
    )
    lawful_basis = forms.ChoiceField(
        label=_("On what lawful basis would it share personal data?"),
        choices=LawfulBasis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the lawful basis.")},
    )
    lawful_basis_words = forms.CharField(
        label=_("Which law, or which interests"),
        max_length=LENGTHS["lawful_basis_words"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The provision, or what was weighed."),
        error_messages={"required": _("Name the provision, or what was weighed.")},
    )
    privacy_name = forms.CharField(
        label=_("Name of the data-protection contact"),
        max_length=LENGTHS["privacy_name"],
        error_messages={"required": _("Name the data-protection contact.")},
    )
    privacy_email = _email(_("E-mail address of the data-protection contact"))
    contact_name = forms.CharField(
        label=_("Your name"),
        max_length=LENGTHS["contact_name"],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Give your name.")},
    )
    contact_function = forms.CharField(
        label=_("Your function"),
        max_length=LENGTHS["contact_function"],
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"required": _("Give your function in the organisation.")},
    )
    contact_phone = forms.CharField(
        label=_("Telephone"),
        max_length=LENGTHS["contact_phone"],
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    signatory_name = forms.CharField(
        label=_("Name of the signatory"),
        max_length=LENGTHS["signatory_name"],
        help_text=_("Who will accept the memorandum for the organisation. It may be you."),
        error_messages={"required": _("Name who will sign for the organisation.")},
    )
    signatory_function = forms.CharField(
        label=_("Function of the signatory"),
        max_length=LENGTHS["signatory_function"],
        error_messages={"required": _("Give the signatory’s function.")},
    )
    signatory_email = _email(_("E-mail address of the signatory"), _("At the organisation’s own domain."))

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        checked, wrong = answers_check(cleaned, email=self.email)
        for name, sentence in wrong.items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return checked

    @staticmethod
    def typed(data: QueryDict) -> dict[str, Any]:
        """What was typed, whether it can be or not."""
        return {name: data.getlist(name) if name in SEVERAL else data.get(name, "") for name in LENGTHS}

    @classmethod
    def of(cls, answers: Mapping[str, Any], *, email: str) -> AnswersForm:
        """The form bound to answers that were kept, so that it can say what is left to be mended."""
        data = QueryDict(mutable=True)
        for name in LENGTHS:
            value = answers.get(name) or ""
            data.setlist(name, value if isinstance(value, list) else [value])
        return cls(data, email=email)


class SendForm(forms.Form):
    entitled = forms.BooleanField(
        label=_("I may apply for this organisation, and what I have written is right."),
        error_messages={"required": _("Confirm that you may apply for the organisation.")},
    )


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your message"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Send no details of cases or of people who are suspected, and never images."),
        error_messages={"required": _("Write your answer first.")},
    )
