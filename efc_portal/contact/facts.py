"""The contact form, for the page of the CMS that shows it (`core.public_facts`)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from efc_portal.contact import guard
from efc_portal.contact.enums import Topic
from efc_portal.contact.forms import ContactForm
from efc_portal.core.public_facts import public_fact


@dataclass(frozen=True)
class Letterbox:
    """An empty form, and where it is sent."""

    form: ContactForm
    action: str


@public_fact("contact")
def letterbox(*, topic: str = "") -> Letterbox:
    """A form in the active language, with a topic chosen when it is one."""
    token = guard.token_make(get_language() or settings.LANGUAGE_CODE)
    initial = {"token": token, "topic": topic if topic in Topic.values else ""}
    return Letterbox(ContactForm(initial=initial), reverse("contact:send"))
