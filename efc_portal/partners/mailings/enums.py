"""Where a mailing stands, and where one letter of it does."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class MailingStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("mailing", "Draft")
    QUEUED = "queued", pgettext_lazy("mailing", "Queued")
    SENDING = "sending", pgettext_lazy("mailing", "Being sent")
    PAUSED = "paused", pgettext_lazy("mailing", "Paused")
    SENT = "sent", pgettext_lazy("mailing", "Sent")
    CANCELLED = "cancelled", pgettext_lazy("mailing", "Cancelled")


class RecipientStatus(TextChoices):
    """`UNCLEAR`: the portal was interrupted while it spoke with the mail server, and cannot know what became of it."""

    WAITING = "waiting", pgettext_lazy("letter", "Waiting")
    SENDING = "sending", pgettext_lazy("letter", "Being sent")
    SENT = "sent", pgettext_lazy("letter", "Sent")
    REFUSED = "refused", pgettext_lazy("letter", "Refused")
    BOUNCED = "bounced", pgettext_lazy("letter", "Came back")
    UNCLEAR = "unclear", pgettext_lazy("letter", "Unclear")
    LEFT = "left", pgettext_lazy("letter", "Unclear, left as it is")
    DROPPED = "dropped", pgettext_lazy("letter", "Not sent")


OPEN = (RecipientStatus.WAITING, RecipientStatus.SENDING)  # what a mailing still has to do
LANGUAGE = "en"  # which every letter has; the others are for readers who chose them
