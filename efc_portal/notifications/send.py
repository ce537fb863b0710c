"""Sending one committed message to a person of the portal."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from efc_portal.notifications.letters import Letter, letter_write
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
    """The message, in the recipient's language."""
    return letter_write(
        Letter(
            to=mail.to.email,
            language=mail.to.language,
            template=f"notifications/{mail.template}",
            path=mail.values["path"],
            values={"reference": mail.values["reference"], "recipient": mail.to},
            message_id=str(mail.pk),
        )
    )
