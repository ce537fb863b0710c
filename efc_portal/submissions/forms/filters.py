"""The filters above a list of submissions."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.submissions.enums import SubmissionStatus
from efc_portal.submissions.models import Submission

SORTS = frozenset({"created_at", "status", "reference"})


class SubmissionFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error."""

    q = forms.CharField(label=_("Reference"), required=False, max_length=20)
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", pgettext_lazy("states", "All")), *SubmissionStatus.choices]
    )

    hide_optional = True

    def apply(self, queryset: QuerySet[Submission], *, sort: str = "") -> QuerySet[Submission]:
        self.is_valid()
        wanted = self.cleaned_data
        if reference := wanted.get("q"):
            queryset = queryset.filter(reference__icontains=reference.strip())
        if status := wanted.get("status"):
            queryset = queryset.filter(status=status)
        column = sort if sort.removeprefix("-") in SORTS else "-created_at"
        return queryset.order_by(column, "-created_at", "pk")
