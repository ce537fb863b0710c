"""States of a referral, and what an agency answers."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReferralStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("referral status", "Draft")
    REVIEW = "review", pgettext_lazy("referral status", "Waiting for approval")
    APPROVED = "approved", pgettext_lazy("referral status", "Approved, being packaged")
    PACKAGED = "packaged", pgettext_lazy("referral status", "Packaged, being delivered")
    DELIVERED = "delivered", pgettext_lazy("referral status", "Delivered")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("referral status", "Acknowledged")
    ACCEPTED = "accepted", pgettext_lazy("referral status", "Accepted")
    DECLINED = "declined", pgettext_lazy("referral status", "Declined by the agency")
    CONCLUDED = "concluded", pgettext_lazy("referral status", "Concluded")
    WITHDRAWN = "withdrawn", pgettext_lazy("referral status", "Withdrawn")


class AgencyDeclineReason(TextChoices):
    NOT_COMPETENT = "not_competent", _("Not competent for this country or matter")
    NOT_ENOUGH = "not_enough", _("Not enough to open an investigation")
    KNOWN = "known", _("Already under investigation elsewhere")
    LEGAL = "legal", _("A legal obstacle")
    OTHER = "other", _("Another reason")


class OutcomeCode(TextChoices):
    """What came of a referral. Each is reported with a count; nothing about a person is."""

    INVESTIGATION_OPENED = "investigation_opened", _("Investigations opened")
    INVESTIGATION_SUPPORTED = "investigation_supported", _("Running investigations supported")
    ACCOUNT_IDENTIFIED = "account_identified", _("Account or wallet holders identified")
    ACCOUNT_CLOSED = "account_closed", _("Accounts closed or frozen")
    MERCHANT_CLOSED = "merchant_closed", _("Merchants closed")
    ASSETS_SECURED = "assets_secured", _("Seizures of assets")
    PERSON_ARRESTED = "person_arrested", _("Arrests")
    CHILD_SAFEGUARDED = "child_safeguarded", _("Children safeguarded")
    PASSED_ON = "passed_on", _("Passed on to another authority")
    NO_RESULT = "no_result", _("Closed without a result")


class ReleaseKind(TextChoices):
    """What a submitter may be told. Each is one fixed sentence, so that nothing more slips out."""

    RECEIVED = "received", _("A law enforcement agency has received what you sent.")
    IN_USE = "in_use", _("A law enforcement agency is working with what you sent.")
    NO_ACTION = "no_action", _("A law enforcement agency looked at what you sent and took no action for now.")
    RESULT = "result", _("What you sent led to a result.")
    RESULT_CODES = "result_codes", _("What you sent led to a result: %(outcomes)s.")
