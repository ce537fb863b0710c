"""Writing and sending one letter to one address: the templates, the language, the headers. Everything goes this way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation


@dataclass(frozen=True)
class Letter:
    """`template` names `<template>_{subject,text,html}`; `path` is of the portal, and the letter's one link.

    `values` are further words for the templates. What is confidential does not belong into mail.
    """

    to: str
    language: str
    template: str
    path: str
    values: dict[str, Any] = field(default_factory=dict)
    message_id: str = ""  # the local part: the same letter sent again after a crash has the same one


def letter_write(letter: Letter) -> EmailMultiAlternatives:
    """The letter in its language: plain text, and the same as HTML."""
    context = {
        "url": settings.PORTAL_URL + letter.path,
        "portal_url": settings.PORTAL_URL,
        "recipient": {"email": letter.to},
        "language": letter.language,
        "reference": settings.WAGTAIL_SITE_NAME,
        "at": timezone.now(),
        **letter.values,
    }
    headers = {
        "Auto-Submitted": "auto-generated",  # RFC 3834: no answers from machines
        "X-Auto-Response-Suppress": "All",
    }
    if letter.message_id:
        headers["Message-ID"] = f"<{letter.message_id}@{urlsplit(settings.PORTAL_URL).hostname}>"
    with translation.override(letter.language):
        written = EmailMultiAlternatives(
            subject=" ".join(render_to_string(f"{letter.template}_subject.txt", context).split()),
            body=render_to_string(f"{letter.template}_text.txt", context),
            to=[letter.to],
            headers=headers,
        )
        written.attach_alternative(render_to_string(f"{letter.template}_html.html", context), "text/html")
    return written


def letter_send(letter: Letter) -> None:
    """Send it now. Raises whatever the mail server's unreachability raises: call it in a step of the workflow."""
    letter_write(letter).send()
