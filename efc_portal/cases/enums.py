"""States of a case and reasons to open one."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseStatus(TextChoices):
    OPEN = "open", pgettext_lazy("case status", "Open")
    CLOSED = "closed", pgettext_lazy("case status", "Closed")


class ConsultationReason(TextChoices):
    """Why somebody who does not lead a case opens it; recorded with every consultation."""

    TRIAGE = "triage", _("A new submission may belong to it")
    REFERRAL = "referral", _("I prepare or check a referral")
    COVER = "cover", _("I stand in for a colleague")
    QUALITY = "quality", _("Quality check")
    OTHER = "other", _("Another reason, given below")
