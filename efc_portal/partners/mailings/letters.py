"""One letter of a mailing as it leaves the portal.

It has no List-Unsubscribe header: these letters go to who holds a role for a member, about the membership, and whoever
could switch them off would miss what their organisation must do. Its last lines say so, and how to leave the role.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError
from efc_portal.core.pan import truncate_pans
from efc_portal.partners.mailings.tokens import envelope_sender
from efc_portal.partners.models import Mailing, MailingRecipient

_REFERENCE = re.compile(r"\b[ACMRS]-\d{4}-\d{1,6}\b", re.IGNORECASE)


def text_check(text: str) -> None:
    """Raise `ApplicationError` for what must not travel by mail: references of the portal, and card numbers."""
    if found := _REFERENCE.search(text):
        raise ApplicationError(
            _("Mail is read on its way. Take the reference %(reference)s out, and write about it in the portal."),
            reference=found[0],
        )
    if truncate_pans(text)[1]:
        raise ApplicationError(_("This holds a full card number. Take it out: it must not be sent or stored."))


def letter_text(mailing: Mailing, *, language: str, organisation: str) -> tuple[str, str]:
    """Subject and whole text, as somebody of an organisation reads them."""
    text = mailing.text(language)
    shown = language if language in mailing.texts else settings.LANGUAGE_CODE
    with translation.override(shown):
        body = render_to_string(
            "partners/mailings/letter_text.txt",
            {"body": text["body"], "organisation": organisation, "secretariat": settings.SECRETARIAT},
        )
    return text["subject"], body


def letter_of(mailing: Mailing, recipient: MailingRecipient) -> EmailMessage:
    """The same letter written again has the same Message-ID, so that a receiver can tell a repeated one."""
    subject, body = letter_text(mailing, language=recipient.user.language, organisation=recipient.organisation.name)
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": f"<mailing-{mailing.pk}-{recipient.pk}@{urlsplit(settings.PORTAL_URL).hostname}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no answers from machines
        "X-Auto-Response-Suppress": "All",
    }
    return EmailMessage(
        subject=subject,
        body=body,
        from_email=envelope_sender(recipient.pk),  # the header of that name is above
        to=[recipient.address],
        reply_to=[str(settings.SECRETARIAT["email"])],
        headers=headers,
    )
