"""What is filled in about the memorandum: by managers who draft it, and by those who accept it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.core.forms import choices_set
from efc_portal.partners.agreements.enums import AcceptanceStatus
from efc_portal.partners.agreements.selectors import overdue
from efc_portal.partners.models import Acceptance, AgreementVersion

OVERDUE = "overdue"


class DraftForm(forms.Form):
    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Give the memorandum a title.")}
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("Plain text; an empty line parts paragraphs. This is what a party accepts, word for word."),
        error_messages={"required": _("Give the memorandum’s text.")},
    )
    file = forms.FileField(
        label=_("The same as a PDF"),
        help_text=_("Without pictures or logos, 20 MB at most."),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf", "class": "govuk-file-upload"}),
        error_messages={"required": _("Choose the memorandum as a PDF."), "empty": _("This file is empty.")},
    )
    changes = forms.CharField(
        label=_("What is new in this version"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A summary for those who accepted the one before."),
    )
    accept_by = forms.DateField(
        label=_("Members accept it by"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}),
        help_text=_("They are reminded 30, 14 and 3 days before, and on the day."),
        error_messages={"required": _("Give the day."), "invalid": _("Give the day as 2026-12-31.")},
    )


class SignatoryForm(forms.Form):
    """Who accepts, in what function, and that they do."""

    title = forms.CharField(
        label=_("Your function in the organisation"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"required": _("Give your function, such as “Head of Compliance”.")},
    )
    agreed = forms.BooleanField(
        label=_("I have read the memorandum, may sign for the organisation, and accept it for the organisation"),
        error_messages={"required": _("Tick that you accept the memorandum for the organisation.")},
    )


class LinkForm(SignatoryForm):
    """The same for somebody without an account, with the code that was mailed."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Confirm your name.")},
    )
    code = forms.CharField(
        label=_("The six digits that were mailed to you"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-10"}
        ),
        error_messages={"required": _("Type the code of the newest mail.")},
    )

    field_order = ["name", "title", "agreed", "code"]


class AcceptanceFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error."""

    hide_optional = True

    q = forms.CharField(label=_("Party"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("states", "All")),
            (OVERDUE, _("Overdue")),
            *AcceptanceStatus.choices,
        ],
    )
    version = forms.ChoiceField(label=_("Version"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = AgreementVersion.objects.exclude(published_at=None).order_by("-number")
        choices_set(
            self,
            "version",
            [
                ("", pgettext_lazy("versions", "All")),
                *((str(number), str(number)) for number in versions.values_list("number", flat=True)),
            ],
        )

    def apply(self, queryset: QuerySet[Acceptance]) -> QuerySet[Acceptance]:
        self.is_valid()
        wanted = self.cleaned_data
        if name := wanted.get("q"):
            queryset = queryset.filter(Q(party__icontains=name.strip()) | Q(reference__icontains=name.strip()))
        if state := wanted.get("state"):
            queryset = queryset.filter(overdue() if state == OVERDUE else Q(status=state))
        if version := wanted.get("version"):
            queryset = queryset.filter(version__number=version)
        return queryset

    @property
    def filters(self) -> bool:
        return any(self.cleaned_data.values())
