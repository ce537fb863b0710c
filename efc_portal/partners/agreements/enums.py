"""Where a version of the memorandum stands, and where its acceptance by one party."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VersionStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("In force")
    SUPERSEDED = "superseded", _("Superseded")
    DISCARDED = "discarded", _("Discarded")


class AcceptanceStatus(TextChoices):
    ASKED = "asked", _("To be accepted")
    ACCEPTED = "accepted", _("To be countersigned")
    COUNTERSIGNED = "countersigned", _("Countersigned")
    WITHDRAWN = "withdrawn", _("Withdrawn")


GIVEN = (AcceptanceStatus.ACCEPTED, AcceptanceStatus.COUNTERSIGNED)
