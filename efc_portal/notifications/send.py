"""Writing and sending one message."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from efc_portal.notifications.models import Mail


def mail_send(*, mail: Mail) -> None:
    """Send a message once. Raises whatever the mail server's unreachability raises; the workflow tries again.

    A crash between the server's yes and our commit sends it again, with the same Message-ID.
    """
    if mail.sent_at or not mail.to.is_active:
        return
    message(mail).send()
    mail.sent_at = timezone.now()
    mail.save(update_fields=["sent_at"])


def message(mail: Mail) -> EmailMultiAlternatives:
    """The message, in the recipient's language: plain text, and the same as HTML."""
    context = {
        "reference": mail.values["reference"],
        "url": settings.PORTAL_URL + mail.values["path"],
        "portal_url": settings.PORTAL_URL,
        "recipient": mail.to,
    }
    name = f"notifications/{mail.template}"
    with translation.override(mail.to.language):
        context["language"] = mail.to.language
        written = EmailMultiAlternatives(
            subject=" ".join(render_to_string(f"{name}_subject.txt", context).split()),
            body=render_to_string(f"{name}_text.txt", context),
            to=[mail.to.email],
            headers={
                "Message-ID": f"<{mail.pk}@{urlsplit(settings.PORTAL_URL).hostname}>",
                "Auto-Submitted": "auto-generated",  # RFC 3834: no answers from machines
                "X-Auto-Response-Suppress": "All",
            },
        )
        written.attach_alternative(render_to_string(f"{name}_html.html", context), "text/html")
    return written
