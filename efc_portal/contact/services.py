"""Writes to messages: what a visitor sends, what the secretariat does with it, and the end of its time."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.contact.models import ContactMessage, Content
from efc_portal.contact.transitions import MESSAGE
from efc_portal.core.errors import Conflict
from efc_portal.core.pan import truncate_pans
from efc_portal.core.permissions import Permission
from efc_portal.core.retention import expires
from efc_portal.core.services import data_key_create, data_key_destroy, reference_next
from efc_portal.notifications.services import mail_message_received
from efc_portal.partners.selectors import people_who_may
from efc_portal.workflow.transitions import Person

PURPOSE = "contact-message"


@transaction.atomic
def message_receive(*, topic: str, name: str, email: str, text: str, language: str, links: int = 0) -> ContactMessage:
    """Keep what a visitor wrote, sealed, with card numbers truncated, and tell the secretariat that it is there."""
    text, cut = truncate_pans(text)
    name, cut_in_name = truncate_pans(name)
    message = ContactMessage(
        topic=topic,
        language=language,
        links=links,
        keep_until=timezone.localdate() + timedelta(days=settings.CONTACT_KEEP_DAYS),
        data_key=data_key_create(purpose=PURPOSE),
    )
    content: Content = {"name": name, "email": email, "text": text}
    message.sealed = message.data_key.seal_json(content, message.seal_context)
    message.reference = reference_next("M")
    message.save(force_insert=True)
    audit_record(
        action="message.receive",
        category=Category.COLLECTION,
        actor=None,
        obj=message,
        kind=topic,
        truncated=cut + cut_in_name,
    )
    mail_message_received(
        people_who_may(Permission.CONTACT_ANSWER),
        reference=message.reference,
        path=reverse("contact:detail", args=[message.pk]),
    )
    return message


@transaction.atomic
def message_move(*, message: ContactMessage, name: str, actor: Person) -> None:
    """Follow a transition of the table: `answer`, `close`, `mark` (as spam), `reopen`."""
    if ContactMessage.objects.select_for_update().get(pk=message.pk).erased_at:
        raise Conflict(_("This message was erased meanwhile. Nothing is left to be done with it."))
    MESSAGE.move(message, name, actor=actor)


@transaction.atomic
def message_erase(*, message: ContactMessage, actor: Person | None) -> None:
    """Forget what was written and by whom, by destroying its data key. Reference, topic, state and times stay.

    `actor=None`: its time is over.
    """
    now = timezone.now()
    if not ContactMessage.objects.filter(pk=message.pk, erased_at=None).update(sealed=b"", erased_at=now):
        raise Conflict(_("This message was erased already."))
    message.sealed, message.erased_at = b"", now
    data_key_destroy(data_key=message.data_key)
    audit_record(action="message.erase", category=Category.ERASURE, actor=actor, obj=message)


@expires("messages of visitors")
def messages_expire() -> int:
    """Erase the messages whose time is over, each in a transaction of its own."""
    due = ContactMessage.objects.filter(keep_until__lt=timezone.localdate(), erased_at=None)
    erased = 0
    for message in due.select_related("data_key").iterator(chunk_size=200):
        try:
            message_erase(message=message, actor=None)
        except Conflict:  # somebody has just erased it
            continue
        erased += 1
    return erased
