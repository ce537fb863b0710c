"""Where an application stands, what it offers, what is checked and what is said about it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ApplicationStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("application", "Draft")
    RECEIVED = "received", pgettext_lazy("application", "Received")
    VETTING = "vetting", pgettext_lazy("application", "In vetting")
    CONSULTATION = "consultation", pgettext_lazy("application", "Open for comments")
    VOTING = "voting", pgettext_lazy("application", "With the committee")
    APPROVED = "approved", pgettext_lazy("application", "Approved")
    ACTIVATED = "activated", pgettext_lazy("application", "Admitted")
    DECLINED = "declined", pgettext_lazy("application", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")


OPEN = (
    ApplicationStatus.RECEIVED,
    ApplicationStatus.VETTING,
    ApplicationStatus.CONSULTATION,
    ApplicationStatus.VOTING,
    ApplicationStatus.APPROVED,
)
SPONSORED_IN = (ApplicationStatus.VETTING, ApplicationStatus.CONSULTATION)  # when a sponsor is asked, and answers
CLOSED_UNADMITTED = (ApplicationStatus.DECLINED, ApplicationStatus.WITHDRAWN)


class Obliged(TextChoices):
    YES = "yes", _("Yes, it is an obliged entity")
    NO = "no", _("No")
    UNSURE = "unsure", _("We are not sure")


class CheckState(TextChoices):
    OPEN = "open", pgettext_lazy("check", "Open")
    FULFILLED = "fulfilled", pgettext_lazy("check", "Fulfilled")
    NOT_FULFILLED = "not_fulfilled", pgettext_lazy("check", "Not fulfilled")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("check", "Does not apply")


class SponsorStatus(TextChoices):
    ASKED = "asked", pgettext_lazy("sponsor", "Asked")
    CONFIRMED = "confirmed", pgettext_lazy("sponsor", "Confirmed")
    DECLINED = "declined", pgettext_lazy("sponsor", "Declined")


class Stance(TextChoices):
    SUPPORT = "support", pgettext_lazy("comment", "Support")
    CONCERN = "concern", pgettext_lazy("comment", "Concern")
    NEUTRAL = "neutral", pgettext_lazy("comment", "Neutral")


class Choice(TextChoices):
    YES = "yes", pgettext_lazy("vote", "Yes")
    NO = "no", pgettext_lazy("vote", "No")
    ABSTAIN = "abstain", pgettext_lazy("vote", "Abstain")


class DeclineReason(TextChoices):
    NOT_ELIGIBLE = "not_eligible", _("Outside the circle of those who can join")
    INCOMPLETE = "incomplete", _("Answers or evidence are missing")
    REQUIREMENT = "requirement", _("A requirement is not fulfilled")
    CONDUCT = "conduct", _("Doubts that could not be cleared up")
    DUPLICATE = "duplicate", _("The organisation has joined, or has applied, already")
    VOTE = "vote", _("The steering committee did not agree")
    OTHER = "other", _("Another reason, given in words")
