"""The form on the contact page, and the filters of the secretariat's list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.contact import guard
from efc_portal.contact.enums import MessageStatus, Topic
from efc_portal.contact.models import ContactMessage

LONGEST = 5000


class ContactForm(forms.Form):
    """What a visitor writes. `address` is the network address it comes from."""

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
    homepage = forms.CharField(label=_("Leave this field empty"), required=False, max_length=200)
    token = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    hide_optional = True
    _PROBLEMS = {
        "forged": _("The form had lost its marking. It has a new one now: please send it again."),
        "early": _("This came faster than a person writes. Please wait a few seconds, then send it again."),
        "late": _("The page stood open for a long time. Please look over your message, then send it again."),
    }

    def __init__(self, *args: Any, address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address
        self.asks_about_links = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        token = guard.token_read(cleaned.get("token") or "")
        if token.problem:
            self.add_error(None, self._PROBLEMS[token.problem])
        if cleaned.get("homepage"):
            self.add_error(
                None,
                _("A field that must stay empty was filled in, perhaps by your browser. It is empty now: send again."),
            )
        cleaned["links"] = guard.links_in(f"{cleaned.get('name', '')} {cleaned.get('message', '')}")
        if cleaned["links"] >= guard.LINKS_ASKED:
            self.asks_about_links = True
            if not cleaned.get("confirmed"):
                self.add_error("confirmed", _("Your message holds many links. Confirm that it is not advertising."))
        if not self.errors and not guard.may_send(self.address):
            self.add_error(
                None,
                _("Several messages have come from your network within the hour. Send this one later, or by e-mail."),
            )
        return cleaned

    def renewed(self, language: str) -> ContactForm:
        """The same form to be shown again: what was typed stays, the marking is fresh and the trap empty."""
        data = dict(self.data.items())
        if guard.token_read(data.get("token", "")).problem in ("forged", "late"):
            data["token"] = guard.token_make(language)
        data["homepage"] = ""
        self.data = data
        return self


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
