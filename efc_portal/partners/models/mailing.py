"""Letters of the secretariat to people of the members, and what became of each."""

from __future__ import annotations

import uuid
from typing import TypedDict

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.partners.mailings.enums import LANGUAGE, MailingStatus, RecipientStatus
from efc_portal.partners.models.organisation import Organisation


class Text(TypedDict):
    """A letter in one language, as it was typed."""

    subject: str
    body: str


class Mailing(models.Model):
    """One letter to a part of the members' people. Until it is queued it is a draft without recipients."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    status = models.CharField(max_length=20, choices=MailingStatus, default=MailingStatus.DRAFT)
    status_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)  # rises with each change of the draft
    texts = models.JSONField(default=dict)  # `Text` by language code
    segment = models.JSONField(default=dict)  # `mailings.segments.Segment`
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    queued_at = models.DateTimeField(null=True)
    queued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recipient_count = models.PositiveIntegerField(default=0)  # when it was queued
    trouble = models.CharField(max_length=60, blank=True)  # why the mail server took nothing when it was last asked
    trouble_at = models.DateTimeField(null=True)

    STATUS_KINDS = {
        MailingStatus.DRAFT: "quiet",
        MailingStatus.QUEUED: "wait",
        MailingStatus.SENDING: "wait",
        MailingStatus.PAUSED: "wait",
        MailingStatus.SENT: "good",
        MailingStatus.CANCELLED: "quiet",
    }

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(name="partners_mailing_status", condition=models.Q(status__in=MailingStatus.values)),
        ]

    def __str__(self) -> str:
        return str(self.texts.get(LANGUAGE, {}).get("subject") or _("Letter without a subject"))

    def text(self, language: str) -> Text:
        """In a reader's language, else in English."""
        found: Text = self.texts.get(language) or self.texts[LANGUAGE]
        return found


class MailingRecipient(models.Model):
    """One letter: to whom, and what became of it.

    `claimed_at` is when a worker took it up, and tells that worker from every other (`mailings/sending.py`).
    """

    id = models.BigAutoField(primary_key=True)
    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="recipients")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    address = models.EmailField(max_length=254)  # as it was when the mailing was queued
    status = models.CharField(max_length=20, choices=RecipientStatus, default=RecipientStatus.WAITING)
    code = models.CharField(max_length=20, blank=True)  # of SMTP (550), or of RFC 3463 when it came back (5.1.1)
    attempts = models.PositiveSmallIntegerField(default=0)  # how often the mail server asked to try later
    due_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)  # when it got its last status

    STATUS_KINDS = {
        RecipientStatus.WAITING: "quiet",
        RecipientStatus.SENDING: "quiet",
        RecipientStatus.SENT: "good",
        RecipientStatus.REFUSED: "danger",
        RecipientStatus.BOUNCED: "danger",
        RecipientStatus.UNCLEAR: "wait",
        RecipientStatus.LEFT: "quiet",
        RecipientStatus.DROPPED: "quiet",
    }

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["mailing", "user"], name="partners_mailing_person_once"),
            models.UniqueConstraint(fields=["mailing", "address"], name="partners_mailing_address_once"),
            models.CheckConstraint(
                name="partners_mailingrecipient_status", condition=models.Q(status__in=RecipientStatus.values)
            ),
            models.CheckConstraint(
                name="partners_mailingrecipient_claimed",
                condition=~models.Q(status=RecipientStatus.SENDING) | models.Q(claimed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["mailing", "status", "id"], name="partners_mailing_by_status"),
            models.Index(fields=["address", "-id"], name="partners_mailing_by_address"),
            models.Index(
                fields=["claimed_at"],
                name="partners_mailing_unclear",
                condition=models.Q(status=RecipientStatus.UNCLEAR),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.status}"
