"""What officers, managers and agencies fill in."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.core.forms import RadioSelectWithHints, choices_set
from efc_portal.referrals.content import ReferralText
from efc_portal.referrals.enums import AgencyDeclineReason, OutcomeCode, ReferralStatus, ReleaseKind
from efc_portal.referrals.models import Referral
from efc_portal.referrals.routing import Proposal
from efc_portal.submissions.models import Submission


class ReferralForm(forms.Form):
    """A draft: which agency, which submissions, and the words."""

    agency = forms.ChoiceField(label=_("Agency"), error_messages={"required": _("Choose the agency.")})
    submissions = forms.MultipleChoiceField(
        label=_("Submissions to hand over"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one submission.")},
    )
    title = forms.CharField(label=_("Title"), max_length=120, error_messages={"required": _("Enter a title.")})
    summary = forms.CharField(
        label=_("Summary for the agency"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What happened and why it belongs together. The details come with the package."),
        error_messages={"required": _("Summarise the case in a few sentences.")},
    )
    request = forms.CharField(
        label=_("What the agency is asked to do"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what you ask of the agency.")},
    )
    routing_reason = forms.CharField(
        label=_("Why this agency"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Recorded with the disclosure, and shown to the agency."),
        error_messages={"required": _("Say why this agency is competent.")},
    )
    permission = forms.CharField(
        label=_("Permission of the provider"),
        required=False,
        max_length=500,
        help_text=_("Needed if a chosen submission carries H2: who gave it, and when."),
    )

    def __init__(self, *args: Any, proposals: list[Proposal], submissions: list[Submission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals, self.chosen_from = proposals, submissions
        possible = [one for one in proposals if not one.obstacle]
        self.fields["agency"].widget = RadioSelectWithHints(hints={str(one.agency.pk): one.reason for one in possible})
        choices_set(self, "agency", [(str(one.agency.pk), one.agency.organisation.name) for one in possible])
        choices_set(self, "submissions", [(str(one.pk), f"{one.reference} · {one.title}") for one in submissions])

    def blocked(self) -> list[Proposal]:
        """The agencies that cannot be chosen, each with its obstacle."""
        return [one for one in self.proposals if one.obstacle]

    def agency_chosen(self) -> Any:
        return next(one.agency for one in self.proposals if str(one.agency.pk) == self.cleaned_data["agency"])

    def submissions_chosen(self) -> list[Submission]:
        return [one for one in self.chosen_from if str(one.pk) in self.cleaned_data["submissions"]]

    def text(self) -> ReferralText:
        names = ("title", "summary", "request", "routing_reason", "permission")
        return ReferralText(**{name: self.cleaned_data[name] for name in names})


class ReturnForm(forms.Form):
    note = forms.CharField(
        label=_("What has to be mended?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what has to be mended.")},
    )


class ReferralFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error."""

    hide_optional = True

    q = forms.CharField(label=_("Reference"), required=False, max_length=20)
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", pgettext_lazy("states", "All")), *ReferralStatus.choices]
    )

    def apply(self, queryset: QuerySet[Referral], *, sort: str = "") -> QuerySet[Referral]:
        self.is_valid()
        wanted = self.cleaned_data
        if reference := wanted.get("q"):
            queryset = queryset.filter(reference__icontains=reference.strip())
        if status := wanted.get("status"):
            queryset = queryset.filter(status=status)
        column = sort if sort.removeprefix("-") in {"created_at", "reference", "status"} else "-created_at"
        return queryset.order_by(column, "pk")


NOTHING = ""


class ReleaseForm(forms.Form):
    """What the submitters may be told, and when. Subclasses say which sentences fit."""

    offered: tuple[ReleaseKind, ...] = ()

    tell = forms.ChoiceField(label=_("What may the submitters be told?"), required=False, widget=forms.RadioSelect)
    tell_on = forms.DateField(
        label=_("From when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty means now."),
        error_messages={"invalid": _("Enter a date such as 2027-03-31.")},
    )

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = set(referral.releases.values_list("kind", flat=True))
        labels = [(kind.value, _tell_label(kind)) for kind in self.offered if kind not in told]
        choices_set(self, "tell", [(NOTHING, _("Nothing for now")), *labels])
        self.fields["tell"].initial = NOTHING

    def clean_tell_on(self) -> Any:
        day = self.cleaned_data["tell_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("This day has passed. Choose today or a later day."))
        return day

    def release(self) -> tuple[str, datetime | None] | None:
        """The chosen release and its time, or None for nothing."""
        if not self.cleaned_data.get("tell"):
            return None
        day = self.cleaned_data.get("tell_on")
        at = timezone.make_aware(datetime.combine(day, time(8))) if day else None
        return self.cleaned_data["tell"], at


def _tell_label(kind: ReleaseKind) -> Any:
    if kind == ReleaseKind.RESULT_CODES:
        return _(
            "“What you sent led to a result”, with the kinds of outcome that your agency reports, without numbers."
        )
    return kind.label


class AcknowledgeForm(ReleaseForm):
    offered = (ReleaseKind.RECEIVED,)


class AcceptForm(ReleaseForm):
    offered = (ReleaseKind.RECEIVED, ReleaseKind.IN_USE)

    note = forms.CharField(
        label=_("A note for the secretariat"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The submitters never see it."),
    )


class DeclineForm(ReleaseForm):
    offered = (ReleaseKind.RECEIVED, ReleaseKind.NO_ACTION)

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=AgencyDeclineReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    note = forms.CharField(
        label=_("A note for the secretariat"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The submitters never see it."),
    )


RESULTS = (ReleaseKind.RESULT, ReleaseKind.RESULT_CODES)


class TellForm(ReleaseForm):
    """Telling more later, on its own: also what was not told when the outcome was reported."""

    offered: tuple[ReleaseKind, ...] = (ReleaseKind.RECEIVED, ReleaseKind.IN_USE)

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        if referral.status in (ReferralStatus.CONCLUDED, ReferralStatus.DECLINED):
            outcomes = set(referral.outcomes.values_list("code", flat=True)) - {OutcomeCode.NO_RESULT}
            self.offered = RESULTS if outcomes else (ReleaseKind.NO_ACTION,)
        super().__init__(*args, referral=referral, **kwargs)

    def clean_tell(self) -> str:
        if not self.cleaned_data["tell"]:
            raise ValidationError(_("Choose what the submitters may be told."))
        return self.cleaned_data["tell"]


class ConcludeForm(ReleaseForm):
    """One number for each outcome; empty means it did not happen."""

    offered = (ReleaseKind.NO_ACTION, ReleaseKind.RESULT, ReleaseKind.RESULT_CODES)

    note = forms.CharField(
        label=_("A note for the secretariat"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nothing about persons. The submitters never see it."),
    )
    field_order = [*(f"count_{code}" for code in OutcomeCode.values), "note", "tell", "tell_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in OutcomeCode:
            self.fields[f"count_{code.value}"] = _outcome_field(code)
        self.order_fields(self.field_order)

    def outcomes(self) -> dict[str, int]:
        counts = {code: self.cleaned_data.get(f"count_{code}") for code in OutcomeCode.values}
        found = {code: int(count) for code, count in counts.items() if count}
        if found.get(OutcomeCode.NO_RESULT):
            found[OutcomeCode.NO_RESULT] = 0
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        found = self.outcomes()
        if not found:
            self.add_error(
                f"count_{OutcomeCode.NO_RESULT}",
                _("Report at least one outcome, or tick that it was closed without a result."),
            )
        elif OutcomeCode.NO_RESULT in found and len(found) > 1:
            self.add_error(f"count_{OutcomeCode.NO_RESULT}", _("This cannot stand beside another outcome. Untick it."))
        elif cleaned.get("tell") in (RESULTS if OutcomeCode.NO_RESULT in found else (ReleaseKind.NO_ACTION,)):
            self.add_error("tell", _("This contradicts the outcome above. Choose another sentence."))
        return cleaned

    def counts(self) -> list[Any]:
        """The outcome fields, for the page's own layout."""
        return [self[f"count_{code}"] for code in OutcomeCode.values]


def _outcome_field(code: OutcomeCode) -> forms.Field:
    if code == OutcomeCode.NO_RESULT:
        return forms.BooleanField(label=code.label, required=False)
    return forms.IntegerField(
        label=code.label,
        required=False,
        min_value=0,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages={"invalid": _("Enter a whole number."), "min_value": _("Enter 0 or more.")},
    )
