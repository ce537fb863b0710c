"""What managers and coordinators fill in about standing, reviews and leaving."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.accounts.models import User
from efc_portal.core.forms import choices_set
from efc_portal.partners.enums import ContactKind, OrganisationKind, OrganisationStatus
from efc_portal.partners.models import Contact, Organisation, Review
from efc_portal.partners.standing.selectors import colleagues_of, overdue
from efc_portal.partners.standing.services import LONGEST_REASON

SECRETARIAT = "secretariat"
_DAY = {"invalid": _("Enter a date such as 2027-03-31.")}


def _reason(label: Any, missing: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_REASON,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


def _day(**options: Any) -> forms.DateField:
    messages = {**_DAY, "required": _("Choose a day.")}
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), error_messages=messages, **options
    )


class WarnForm(forms.Form):
    reason = _reason(
        _("What does the organisation have to mend?"),
        _("Say what the organisation has to mend."),
        _("Its coordinators read this."),
    )
    until = _day(label=_("By which day?"))


class RestoreForm(forms.Form):
    reason = _reason(_("Why is it made active again?"), _("Say why the organisation is made active again."))


class SuspendForm(forms.Form):
    reason = _reason(
        _("Why is it suspended?"),
        _("Say why the organisation is suspended."),
        _("It stands in the organisation’s history."),
    )


class RefuseForm(forms.Form):
    reason = _reason(_("Why does it not leave?"), _("Say why the organisation does not leave."))


class LeaveForm(forms.Form):
    """For both sides; `at_once` lets a manager leave the last day empty."""

    reason = _reason(_("Why does the organisation leave?"), _("Say why the organisation leaves."))
    last_day = _day(label=_("Last day"), help_text=_("Access ends when this day is over."))
    hand_over_to = forms.ChoiceField(
        label=_("Who answers for open submissions until then?"),
        widget=forms.RadioSelect,
        initial=SECRETARIAT,
        error_messages={"required": _("Choose who answers for open submissions.")},
    )

    def __init__(self, *args: Any, organisation: Organisation, at_once: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.user_id): one.user for one in colleagues_of(organisation)}
        names = [(pk, f"{user.name} ({user.email})") for pk, user in self.colleagues.items()]
        choices_set(self, "hand_over_to", [(SECRETARIAT, _("The secretariat")), *names])
        if organisation.kind != OrganisationKind.PARTNER:  # it has no submissions
            self.fields["hand_over_to"].widget = forms.HiddenInput()
        if at_once:
            self.fields["last_day"].required = False
            self.fields["last_day"].help_text = _("Access ends when this day is over. Empty: at once.")

    def clean_last_day(self) -> Any:
        day, today = self.cleaned_data["last_day"], timezone.localdate()
        if day and not today <= day <= today + timedelta(days=366):
            raise forms.ValidationError(_("Choose a last day between today and a year from now."))
        return day

    def colleague(self) -> User | None:
        return self.colleagues.get(self.cleaned_data["hand_over_to"])


class ContactForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Contact for"),
        choices=ContactKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the contact is for.")},
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        help_text=_("Of a person, or of a team that answers."),
        error_messages={"required": _("Give the name.")},
    )
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Give the e-mail address.")},
    )
    phone = forms.CharField(
        label=_("Telephone"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )

    @classmethod
    def of(cls, contact: Contact) -> ContactForm:
        return cls(initial={name: getattr(contact, name) for name in ("kind", "name", "email", "phone")})


class ReviewFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error."""

    hide_optional = True

    STATES = (
        ("open", pgettext_lazy("state of a review", "Open")),
        ("overdue", pgettext_lazy("state of a review", "Overdue")),
        ("done", pgettext_lazy("state of a review", "Finished")),
    )

    q = forms.CharField(label=_("Organisation"), required=False, max_length=80)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", pgettext_lazy("states", "All")), *STATES])

    def apply(self, queryset: QuerySet[Review]) -> QuerySet[Review]:
        self.is_valid()
        wanted = self.cleaned_data
        if text := wanted.get("q"):
            queryset = queryset.filter(organisation__name__icontains=text.strip())
        state = wanted.get("state")
        if state == "done":
            return queryset.exclude(done_at=None).order_by("-done_at", "pk")
        if state:
            queryset = queryset.filter(done_at=None).exclude(organisation__status=OrganisationStatus.LEFT)
        if state == "overdue":
            queryset = overdue(queryset, timezone.localdate() - timedelta(days=1))
        return queryset.order_by("due_on", "pk")
