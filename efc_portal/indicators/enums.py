"""What the portal says about a value beside its type."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Confidence(StrEnum):
    """How sure a find in a text is: `certain` passed a checksum, `candidate` waits for the reporter's word."""

    CERTAIN = "certain"
    CANDIDATE = "candidate"


class MatchRule(StrEnum):
    """What two equal values mean: the same thing, or (a truncated card number) only perhaps the same."""

    EXACT = "exact"
    WEAK = "weak"


class KnownEffect(TextChoices):
    """What a known-good list does with a value on it."""

    INFORM = "inform", _("Accepted, and the reason is shown beside it")
    REFUSE = "refuse", _("Refused, and the reason is told")


class OwnValueStatus(TextChoices):
    """Where a value stands that a member says is its own."""

    PROPOSED = "proposed", _("Waits for the secretariat")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ENDED = "ended", _("Ended")
