"""The form on the contact page, and the filters of the secretariat's list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.contact.enums import MessageStatus, Topic
from efc_portal.contact.guard import GUARD, LINKS_ASKED, links_in
from efc_portal.contact.models import ContactMessage
from efc_portal.core.form_guard import GuardedForm

LONGEST = 5000


class ContactForm(GuardedForm):
    """What a visitor writes."""

    topic = forms.ChoiceField(
        label=_("What is it about?"),
        choices=[("", _("Choose a topic")), *Topic.choices],
        error_messages={"required": _("Choose what it is about."), "invalid_choice": _("Choose a topic of the list.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Give your name, so that we know how to address you.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We answer to this address and use it for nothing else."),
        error_messages={
            "required": _("Give an e-mail address, so that we can answer."),
            "invalid": _("Give an e-mail address in the form name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    message = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={
            "required": _("Write your message."),
            "max_length": _("Your message is too long: keep it within %(limit_value)d characters."),
        },
    )
    confirmed = forms.BooleanField(label=_("My message is not advertising"), required=False)

    guard = GUARD
    problems = {
        **GuardedForm.problems,
        "late": _("The page stood open for a long time. Please look over your message, then send it again."),
        "many": _("Several messages have come from your network within the hour. Send this one later, or by e-mail."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_about_links = False

    def clean_more(self, cleaned: dict[str, Any]) -> None:
        cleaned["links"] = links_in(f"{cleaned.get('name', '')} {cleaned.get('message', '')}")
        if cleaned["links"] >= LINKS_ASKED:
            self.asks_about_links = True
            if not cleaned.get("confirmed"):
                self.add_error("confirmed", _("Your message holds many links. Confirm that it is not advertising."))


class MessageFilterForm(forms.Form):
    """Wrong values in a link are ignored, never an error."""

    hide_optional = True

    q = forms.CharField(label=_("Reference"), required=False, max_length=20)
    status = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", pgettext_lazy("states", "All")), *MessageStatus.choices]
    )
    topic = forms.ChoiceField(
        label=_("Topic"), required=False, choices=[("", pgettext_lazy("topics", "All")), *Topic.choices]
    )

    def apply(self, queryset: QuerySet[ContactMessage]) -> QuerySet[ContactMessage]:
        self.is_valid()
        wanted = self.cleaned_data
        if reference := wanted.get("q"):
            queryset = queryset.filter(reference__icontains=reference.strip())
        if status := wanted.get("status"):
            queryset = queryset.filter(status=status)
        if topic := wanted.get("topic"):
            queryset = queryset.filter(topic=topic)
        return queryset
