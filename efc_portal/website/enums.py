"""What kinds of news, reports and links there are."""

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


class LinkKind(TextChoices):
    PAGE = "page", _("Page of this site")
    DOCUMENT = "document", _("Document of this site")
    ANCHOR = "anchor", _("Place on a page")
    PATH = "path", _("Address of this site")
    EXTERNAL = "external", _("Other site")


class LinkStatus(TextChoices):
    BROKEN = "broken", _("Broken: nothing is there")
    UNREACHABLE = "unreachable", _("The other site does not answer")
    NOT_PUBLIC = "not_public", _("Not an address readers can reach")
    MOVED = "moved", _("Moved for good")
    UNCLEAR = "unclear", _("Answers, but not to a program: open it yourself")
    WAITING = "waiting", _("Not checked yet")
    WORKS = "works", _("Works")
