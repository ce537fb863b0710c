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


class PlaceKind(TextChoices):
    """What somebody finds at a place to report to."""

    HOTLINE = "hotline", _("Hotline for illegal content")
    POLICE = "police", _("Police")
    HELPLINE = "helpline", _("Helpline for children and young people")
    CROSS_BORDER = "cross_border", _("Lists for every country")


class EntryKind(TextChoices):
    """What search tells apart."""

    NEWS = "news", _("News")
    REPORTS = "reports", _("Reports")
    PAGES = "pages", _("Pages")
    DOCUMENTS = "documents", _("Documents")


class ReadingStatus(TextChoices):
    """Whether the text of a PDF document is known, and if not, why."""

    WAITING = "waiting", _("Waiting to be read")
    READ = "read", _("Read")
    EMPTY = "empty", _("No text found")
    LOCKED = "locked", _("Protected by a password")
    BROKEN = "broken", _("Cannot be read")


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
