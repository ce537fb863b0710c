"""What the secretariat fills in about applications."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.core.countries import countries_named, country_choices
from efc_portal.core.forms import choices_set
from efc_portal.partners.applications.enums import ApplicationStatus, CheckState, DeclineReason
from efc_portal.partners.applications.selectors import sponsors_possible, waiting_condition
from efc_portal.partners.enums import Matter, Sector
from efc_portal.partners.models import Application, Organisation

WAITING = "waiting"


class ApplicationFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error."""

    hide_optional = True

    q = forms.CharField(label=_("Name or reference"), required=False, max_length=80)
    status = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("states", "All")),
            (WAITING, _("Waits for the secretariat")),
            *((value, label) for value, label in ApplicationStatus.choices if value != ApplicationStatus.DRAFT),
        ],
    )
    sector = forms.ChoiceField(
        label=_("Sector"), required=False, choices=[("", pgettext_lazy("sectors", "All")), *Sector.choices]
    )
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, countries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "country", [("", pgettext_lazy("countries", "All")), *countries_named(countries)])

    def apply(self, queryset: QuerySet[Application]) -> QuerySet[Application]:
        self.is_valid()
        wanted = self.cleaned_data
        if text := (wanted.get("q") or "").strip():
            queryset = queryset.filter(Q(name__icontains=text) | Q(reference__icontains=text))
        if status := wanted.get("status"):
            queryset = queryset.filter(waiting_condition() if status == WAITING else Q(status=status))
        for name in ("sector", "country"):
            if value := wanted.get(name):
                queryset = queryset.filter(**{name: value})
        return queryset


class CheckForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What was found?"),
        choices=CheckState.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what was found.")},
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What was looked at, where, and what it shows. The applicant does not read it."),
    )


class StepForm(forms.Form):
    """What a step needs to be told. `application` is the one it is about."""

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application


class UntilForm(StepForm):
    until = forms.DateField(
        label=_("Last day"),
        help_text=_("Until midnight, in the portal’s own time."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choose the last day."),
            "invalid": _("Enter the day as a date, such as 2027-03-31."),
        },
    )

    def clean_until(self) -> datetime:
        return end_of(self.cleaned_data["until"])


class QuestionForm(StepForm):
    text = forms.CharField(
        label=_("Question"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the question first.")},
    )


class SponsorForm(StepForm):
    organisation = forms.ModelChoiceField(
        label=_("Sponsor"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose a member"),
        error_messages={
            "required": _("Choose a member."),
            "invalid_choice": _("Only an active member can be the sponsor. Choose another one."),
        },
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        self.fields["organisation"].queryset = sponsors_possible(application)  # type: ignore[attr-defined]


class ReasonForm(StepForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=500, error_messages={"required": _("Give the reason for ending it early.")}
    )


class ApproveForm(StepForm):
    reason = forms.CharField(
        label=_("What the applicant is told"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DeclineForm(StepForm):
    reasons = forms.MultipleChoiceField(
        label=_("Reasons"),
        choices=DeclineReason.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one reason.")},
    )
    text = forms.CharField(
        label=_("The reasons in words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The applicant reads them."),
        error_messages={"required": _("Give the reasons in words. The applicant reads them.")},
    )


class ActivateForm(StepForm):
    """Only a law enforcement agency has a competence to be entered."""

    countries = forms.MultipleChoiceField(
        label=_("Competent for these countries"),
        required=False,
        help_text=_("None chosen: for every country."),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    matters = forms.MultipleChoiceField(
        label=_("Competent in these matters"),
        choices=Matter.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one matter.")},
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        if application.sector == Sector.LAW_ENFORCEMENT:
            choices_set(self, "countries", country_choices())
            self.initial.setdefault("countries", [application.country])
        else:
            del self.fields["countries"], self.fields["matters"]


def end_of(day: date) -> datetime:
    """The last moment of a day."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
