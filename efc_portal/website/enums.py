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


class PlaceKind(TextChoices):
    """What somebody finds at a place to report to."""

    HOTLINE = "hotline", _("Hotline for illegal content")
    POLICE = "police", _("Police")
    HELPLINE = "helpline", _("Helpline for children and young people")
    CROSS_BORDER = "cross_border", _("Lists for every country")
