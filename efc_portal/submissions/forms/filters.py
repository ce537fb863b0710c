"""The filters above a list of submissions."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.models import Submission

SORTS = {
    "newest": ("-created_at", _("Newest first")),
    "oldest": ("created_at", _("Oldest first")),
    "state": ("status", _("By state")),
    "reference": ("reference", _("By reference")),
}


class SubmissionFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error."""

    q = forms.CharField(label=_("Reference"), required=False, max_length=20)
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *SubmissionStatus.choices]
    )
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=[(code, label) for code, (_column, label) in SORTS.items()]
    )

    def apply(self, queryset: QuerySet[Submission]) -> QuerySet[Submission]:
        self.is_valid()
        wanted = self.cleaned_data
        if reference := wanted.get("q"):
            queryset = queryset.filter(reference__icontains=reference.strip())
        if status := wanted.get("status"):
            queryset = queryset.filter(status=status)
        column = SORTS[wanted.get("sort") or "newest"][0]
        return queryset.order_by(column, "-created_at", "pk")
