"""Reads of visitors' messages."""

from __future__ import annotations

from django.db.models import QuerySet

from efc_portal.contact.enums import MessageStatus
from efc_portal.contact.models import ContactMessage
from efc_portal.core.permissions import Permission
from efc_portal.partners.permissions import access_of


def messages_for(user: object) -> QuerySet[ContactMessage]:
    """All messages for whoever may answer them, none for others; the latest first."""
    messages = ContactMessage.objects.select_related("data_key")
    return messages if access_of(user).may(Permission.CONTACT_ANSWER) else messages.none()


def messages_waiting(user: object) -> int:
    return messages_for(user).filter(status=MessageStatus.NEW, erased_at=None).count()
