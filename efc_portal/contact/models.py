"""Messages of visitors. What they wrote, and who they are, is sealed under a data key of each message's own."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import TypedDict

from django.conf import settings
from django.db import models
from django.utils import timezone

from efc_portal.contact.enums import MessageStatus, Topic
from efc_portal.core.models import DataKey


class Content(TypedDict):
    """What is sealed."""

    name: str
    email: str
    text: str


class ContactMessage(models.Model):
    """One message. In clear stand only columns that the list sorts by and that say nothing about a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=20, unique=True)  # M-2026-000012
    status = models.CharField(max_length=20, choices=MessageStatus, default=MessageStatus.NEW)
    status_at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(default=timezone.now)
    topic = models.CharField(max_length=20, choices=Topic)
    language = models.CharField(max_length=12, default=settings.LANGUAGE_CODE)  # of the page it was written on
    links = models.PositiveSmallIntegerField(default=0)  # how many links stand in it
    keep_until = models.DateField()  # then it is erased
    erased_at = models.DateTimeField(null=True)
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()  # JSON, see `Content`

    STATUS_KINDS = {
        MessageStatus.NEW: "wait",
        MessageStatus.ANSWERED: "good",
        MessageStatus.CLOSED: "quiet",
        MessageStatus.SPAM: "quiet",
    }

    class Meta:
        ordering = ["-received_at", "-reference"]
        constraints = [
            models.CheckConstraint(name="contact_message_status", condition=models.Q(status__in=MessageStatus.values)),
            models.CheckConstraint(name="contact_message_topic", condition=models.Q(topic__in=Topic.values)),
            models.CheckConstraint(
                name="contact_message_reference", condition=models.Q(reference__regex=r"^M-[0-9]{4}-[0-9]{6}$")
            ),
            models.CheckConstraint(
                name="contact_message_nothing_left_once_erased",
                condition=models.Q(erased_at=None) | models.Q(sealed=b""),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-received_at"], name="contact_message_by_status"),
            models.Index(fields=["-received_at"], name="contact_message_by_time"),
            models.Index(
                fields=["keep_until"],
                name="contact_message_to_erase",
                condition=models.Q(erased_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def seal_context(self) -> str:
        return f"contact-message:{self.id}"

    @cached_property
    def content(self) -> Content | None:
        """What was written and by whom; None once it is erased."""
        if self.erased_at:
            return None
        opened: Content = self.data_key.unseal_json(self.sealed, self.seal_context)
        return opened
