"""A value that was taken back: what was made of it goes, and everybody who received it is told, once.

The words an agency reads are asked for when its page is shown (`withdrawals_of`); mail says only that there are some.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from efc_portal.cases.models import Match
from efc_portal.core.permissions import Permission
from efc_portal.indicators.services import identifier_open
from efc_portal.indicators.types import Recognised
from efc_portal.notifications import services as notifications
from efc_portal.partners.selectors import people_who_may
from efc_portal.referrals.enums import ReferralStatus as S
from efc_portal.referrals.models import Referral
from efc_portal.submissions.models import Sighting, Withdrawal

_RECEIVED = (S.DELIVERED, S.ACKNOWLEDGED, S.ACCEPTED, S.CONCLUDED, S.DECLINED)


@transaction.atomic
def withdrawal_spread(*, withdrawal: Withdrawal) -> None:
    """Take away the matches of a value that was taken back, and tell agencies and the case's lead.

    A referral that is still on its way needs no letter: its page shows the value as taken back when it arrives.
    """
    submission = withdrawal.submission
    Match.objects.filter(Q(earlier=submission) | Q(later=submission), identifier_id=withdrawal.identifier_id).delete()
    for referral in Referral.objects.filter(submissions=submission, status__in=_RECEIVED).order_by("reference"):
        notifications.mail_value_withdrawn(
            people_who_may(Permission.REFERRAL_RECEIVE, organisation_id=referral.agency_id),
            reference=referral.reference,
            path=reverse("referrals:detail", args=[referral.pk]),
        )
    entry = getattr(submission, "case_entry", None)
    if entry and entry.case.lead_id != withdrawal.withdrawn_by_id:
        notifications.mail_value_withdrawn(
            [entry.case.lead], reference=entry.case.reference, path=reverse("cases:detail", args=[entry.case_id])
        )


@dataclass(frozen=True)
class Withdrawn:
    """A value of a referral that no longer stands, and why."""

    at: datetime
    display: str
    label: str
    reason: str
    submission: str
    stands_elsewhere: bool  # another submission of the referral still reports it


def withdrawals_of(referral: Referral) -> list[Withdrawn]:
    """What was taken back since a referral was approved: its package may hold it."""
    if referral.approved_at is None:
        return []
    found = list(
        Withdrawal.objects.filter(
            submission__referrals=referral, withdrawn_at__gte=referral.approved_at
        ).select_related("identifier", "submission")
    )
    values = identifier_open([one.identifier for one in found])
    stand = set(
        Sighting.objects.filter(submission__referrals=referral, identifier__in=values, withdrawn_at=None).values_list(
            "identifier_id", flat=True
        )
    )
    rows = []
    for one in found:
        value = Recognised(one.identifier.type, values[one.identifier_id])
        reason = one.get_reason_display()
        stands = one.identifier_id in stand
        rows.append(Withdrawn(one.withdrawn_at, value.display, value.label, reason, str(one.submission), stands))
    return rows
