"""Step one: what happened."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.core.countries import country_choices, is_country
from efc_portal.core.forms import CodeField, PlainForm, fields_shared
from efc_portal.submissions.red_flags import RED_FLAGS


@fields_shared()
class WhatForm(PlainForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("A few words an officer recognises it by. No names of victims."),
        error_messages={"required": _("Enter a title.")},
    )
    period_from = forms.DateField(
        label=_("First payment or event"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter the first day as a date, such as 2026-03-31.")},
    )
    period_to = forms.DateField(
        label=_("Last payment or event"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter the last day as a date, such as 2026-03-31.")},
    )
    country = CodeField(
        label=_("Country the money went to"),
        required=False,
        choices=lambda: [("", _("Not known")), *country_choices()],
        is_code=is_country,
        help_text=_("If you know it. Countries of accounts and phone numbers are read from them."),
    )
    red_flags = forms.TypedMultipleChoiceField(
        label=_("Red flags you saw"),
        required=False,
        coerce=int,
        choices=[(flag.number, flag.label) for flag in RED_FLAGS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick all that apply. No single one proves anything, and nothing is scored from them."),
    )
    narrative = forms.CharField(
        label=_("What happened, in your words"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "What you saw, how you came upon it, what you did. Describe payments, never images. "
            "Full card numbers are cut to the first six and last four digits before anything is stored."
        ),
        error_messages={"required": _("Describe what happened, in a few sentences.")},
    )

    def clean_period_from(self) -> Any:
        return _not_in_future(self.cleaned_data["period_from"])

    def clean_period_to(self) -> Any:
        return _not_in_future(self.cleaned_data["period_to"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("period_from"), cleaned.get("period_to")
        if first and last and last < first:
            self.add_error("period_to", _("The last day is before the first. Exchange them, or correct one."))
        return cleaned


def _not_in_future(day: Any) -> Any:
    if day and day > timezone.localdate():
        raise ValidationError(_("This day is in the future. Enter the day it happened."))
    if day and day.year < 1990:
        raise ValidationError(_("This year is too long ago. Check it."))
    return day
