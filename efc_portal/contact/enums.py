"""What messages are about, and where they stand."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Topic(TextChoices):
    GENERAL = "general", _("A question about the coalition")
    PRESS = "press", _("Press")
    JOINING = "joining", _("Joining the coalition")
    ACCESSIBILITY = "accessibility", _("Accessibility of this site")
    DATA_PROTECTION = "data_protection", _("Data protection")
    CORRECTION = "correction", _("A mistake on this site")
    OTHER = "other", _("Something else")


class MessageStatus(TextChoices):
    NEW = "new", _("New")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    SPAM = "spam", _("Spam")
