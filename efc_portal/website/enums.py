"""What kinds of news and reports there are."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NewsKind(TextChoices):
    ANNOUNCEMENT = "announcement", _("Announcement")
    EVENT = "event", _("Event")
    CALL = "call", _("Call")
    NEWSLETTER = "newsletter", _("Newsletter")


class ReportKind(TextChoices):
    ASSESSMENT = "assessment", _("Strategic assessment")
    GUIDANCE = "guidance", _("Guidance")
    ANALYSIS = "analysis", _("Policy analysis")
