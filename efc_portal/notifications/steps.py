"""What the workflow does with a committed message."""

from __future__ import annotations

from uuid import UUID

from efc_portal.notifications.models import Mail
from efc_portal.notifications.send import mail_send
from efc_portal.workflow.services import step


@step("mail.send", patience=150)  # a mail server may be down for a day
def send(pk: UUID) -> None:
    mail_send(mail=Mail.objects.select_related("to").get(pk=pk))
