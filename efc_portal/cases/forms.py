"""What officers fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.accounts.models import User
from efc_portal.cases.enums import CaseStatus, ConsultationReason
from efc_portal.cases.models import Case
from efc_portal.core.countries import country_choices
from efc_portal.core.forms import choices_set
from efc_portal.submissions.enums import DeclineReason, Method, SubmissionStatus
from efc_portal.submissions.models import Submission


class QueueFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error."""

    hide_optional = True

    q = forms.CharField(label=_("Reference"), required=False, max_length=20)
    urgency = forms.ChoiceField(
        label=_("Urgency"),
        required=False,
        choices=[("", pgettext_lazy("urgencies", "All")), ("danger", _("Child in danger"))],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("states", "All")),
            (SubmissionStatus.TRIAGE, _("Waits for us")),
            (SubmissionStatus.ASKED, _("Waits for the partner")),
        ],
    )
    country = forms.ChoiceField(label=_("Country"), required=False)
    method = forms.ChoiceField(
        label=_("Method"), required=False, choices=[("", pgettext_lazy("payment methods", "All")), *Method.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices_set(self, "country", [("", pgettext_lazy("countries", "All")), *country_choices()])

    def apply(self, queryset: QuerySet[Submission]) -> QuerySet[Submission]:
        self.is_valid()
        wanted = self.cleaned_data
        if reference := wanted.get("q"):
            queryset = queryset.filter(reference__icontains=reference.strip())
        if wanted.get("urgency") == "danger":
            queryset = queryset.filter(child_in_danger=True)
        if state := wanted.get("state"):
            queryset = queryset.filter(status=state)
        if country := wanted.get("country"):
            queryset = queryset.filter(countries__contains=[country])
        if method := wanted.get("method"):
            queryset = queryset.filter(methods__contains=[method])
        return queryset


class CaseFilterForm(forms.Form):
    q = forms.CharField(label=_("Reference"), required=False, max_length=20)
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", pgettext_lazy("states", "All")), *CaseStatus.choices]
    )
    mine = forms.BooleanField(label=_("Only those I lead"), required=False)

    hide_optional = True
    SORTS = frozenset({"opened_at", "number", "reference", "status"})

    def apply(self, queryset: QuerySet[Case], user: User, *, sort: str = "") -> QuerySet[Case]:
        self.is_valid()
        wanted = self.cleaned_data
        if reference := wanted.get("q"):
            queryset = queryset.filter(reference__icontains=reference.strip())
        if status := wanted.get("status"):
            queryset = queryset.filter(status=status)
        if wanted.get("mine"):
            queryset = queryset.filter(lead=user)
        column = sort if sort.removeprefix("-") in self.SORTS else "-opened_at"
        return queryset.order_by(column, "-opened_at", "pk")


class AcceptForm(forms.Form):
    """Into a case that matches, any other open case by its reference, or a new one."""

    case = forms.ChoiceField(
        label=_("Case"), widget=forms.RadioSelect, error_messages={"required": _("Choose a case.")}
    )
    reference = forms.CharField(label=_("Reference of the case"), required=False, max_length=20)
    title = forms.CharField(
        label=_("Title of the new case"), required=False, max_length=120, help_text=_("Officers and the agency see it.")
    )

    hide_optional = True
    NEW, OTHER = "new", "other"

    def __init__(self, *args: Any, proposed: list[Case], cases: QuerySet[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases = cases
        choices_set(
            self,
            "case",
            [
                *((str(case.pk), f"{case.reference} · {case.title}") for case in proposed),
                (self.NEW, _("A new case")),
                (self.OTHER, _("Another case, by its reference")),
            ],
        )
        self.fields["case"].initial = str(proposed[0].pk) if proposed else self.NEW

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        choice = cleaned.get("case")
        if choice == self.NEW and not (cleaned.get("title") or "").strip():
            self.add_error("title", _("Give the new case a title."))
        if choice == self.OTHER:
            wanted = (cleaned.get("reference") or "").strip().upper()
            cleaned["found"] = self.cases.filter(reference=wanted).first() if wanted else None
            if cleaned["found"] is None:
                self.add_error("reference", _("No open case has this reference. It looks like C-2026-000045."))
        elif choice and choice != self.NEW:
            cleaned["found"] = self.cases.filter(pk=choice).first()
            if cleaned["found"] is None:
                self.add_error("case", _("This case was closed meanwhile. Choose another."))
        return cleaned


class AskForm(forms.Form):
    body = forms.CharField(
        label=_("What do you need to know?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "The people of the submitting organisation read this. Say nothing about other submissions or cases."
        ),
        error_messages={"required": _("Write your question first.")},
    )


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    explanation = forms.CharField(
        label=_("A sentence for the reporter"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Tell the reporter in a sentence why.")},
    )


class NoteForm(forms.Form):
    body = forms.CharField(
        label=_("Note"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the note first.")},
    )


class ConsultationForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why do you open this case?"),
        choices=ConsultationReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    detail = forms.CharField(label=_("In your words"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reason") == ConsultationReason.OTHER and not (cleaned.get("detail") or "").strip():
            self.add_error("detail", _("Give the reason in a few words."))
        return cleaned

    def justification(self) -> str:
        label = str(ConsultationReason(self.cleaned_data["reason"]).label)
        detail = self.cleaned_data["detail"].strip()
        return f"{label}: {detail}" if detail else label


class JustificationForm(forms.Form):
    """For steps that need a sentence of why."""

    justification = forms.CharField(
        label=_("Why?"), max_length=500, error_messages={"required": _("Say why, in a sentence.")}
    )
