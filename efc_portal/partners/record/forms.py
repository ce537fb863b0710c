"""How auditors narrow the record down, and what they state before they take part of it away."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.accounts.models import User
from efc_portal.audit.models import AuditEvent
from efc_portal.audit.selectors import events_matching, object_key_of
from efc_portal.audit.words import CATEGORIES
from efc_portal.core.forms import choices_set
from efc_portal.partners.selectors import people_named

_REFERENCE = re.compile(r"([SCR])-(\d{4})-(\d{1,6})")
_KEY = re.compile(r"([a-z]+\.[a-z]+):(\S{1,64})")
NOTHING = ("", "nothing")  # the key of no object
JUSTIFICATION_MIN = 10


def reference_written_out(text: str) -> str:
    """`s-2026-12` as the portal writes it: `S-2026-000012`; empty when it is no reference."""
    found = _REFERENCE.fullmatch(text.strip().upper())
    return f"{found[1]}-{found[2]}-{found[3]:0>6}" if found else ""


@dataclass(frozen=True)
class Narrowed:
    """Part of the record, and what narrowed it as the look itself is recorded: ids rather than what was typed."""

    events: QuerySet[AuditEvent]
    filters: dict[str, Any]


class RecordFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error. What names nobody and nothing finds nothing."""

    hide_optional = True

    person = forms.CharField(label=_("Person (name or e-mail)"), required=False, max_length=100)
    object = forms.CharField(
        label=_("Object (reference or e-mail)"),
        required=False,
        max_length=130,
        widget=forms.TextInput(attrs={"placeholder": "S-2026-000123"}),
    )
    category = forms.ChoiceField(label=_("Kind"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(str(name), words) for name, words in CATEGORIES.items()]
        choices_set(self, "category", [("", pgettext_lazy("categories", "All")), *kinds])

    def narrow(self) -> Narrowed:
        self.is_valid()
        wanted = self.cleaned_data
        filters: dict[str, Any] = {}
        people = key = None
        if person := (wanted.get("person") or "").strip():
            people = filters["person"] = people_named(person)
        if thing := (wanted.get("object") or "").strip():
            key = _object_key(thing)
            filters["object"] = ":".join(key)
        if category := wanted.get("category") or "":
            filters["category"] = category
        since, until = wanted.get("since"), wanted.get("until")
        if since:
            filters["since"] = since
        if until:
            filters["until"] = until
        events = events_matching(
            actors=people,
            object_key=key,
            category=category,
            since=_midnight(since) if since else None,
            before=_midnight(until + timedelta(days=1)) if until and until < date.max else None,
        )
        return Narrowed(events, filters)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was asked for."""
        return any(self.data.get(name) for name in self.fields)


def _object_key(text: str) -> tuple[str, str]:
    """By its reference, a person by the e-mail address, anything else by type and id, as links on the pages name it."""
    if reference := reference_written_out(text):
        return object_key_of(reference) or NOTHING
    if "@" in text:
        pk = User.objects.filter(email=text.lower()).values_list("pk", flat=True).first()
        return ("accounts.user", str(pk)) if pk else NOTHING
    found = _KEY.fullmatch(text)
    return (found[1], found[2]) if found else NOTHING


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class ReadersForm(forms.Form):
    """Wrong values in a link are told, since nothing can be shown for them."""

    reference = forms.CharField(
        label=_("Reference of a submission, a case or a referral"),
        max_length=20,
        help_text=_("For example S-2026-000123."),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        error_messages={"required": _("Give the reference of the object.")},
    )

    def clean_reference(self) -> str:
        if reference := reference_written_out(self.cleaned_data["reference"]):
            return reference
        raise forms.ValidationError(
            _("This is no reference. It looks like S-2026-000123, C-2026-000045 or R-2026-000017.")
        )


class ExportForm(forms.Form):
    justification = forms.CharField(
        label=_("Why do you need this part of the record?"),
        min_length=JUSTIFICATION_MIN,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your reason is recorded with your name."),
        error_messages={
            "required": _("State why you need it."),
            "min_length": _("State the reason in a sentence that others can understand later."),
        },
    )
