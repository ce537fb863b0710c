"""Reads of referrals. Every object is fetched through `visible_to`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Min, QuerySet
from django.shortcuts import get_object_or_404

from efc_portal.referrals.enums import ReferralStatus as S
from efc_portal.referrals.models import Referral
from efc_portal.referrals.packing import strictest_tlp
from efc_portal.submissions.models import Payment, Sighting, Submission
from efc_portal.submissions.presentation import identifier_types_text
from efc_portal.submissions.selectors import totals_text

INBOX = (S.DELIVERED,)
IN_PROGRESS = (S.ACKNOWLEDGED, S.ACCEPTED)
CONCLUDED = (S.DECLINED, S.CONCLUDED)


def referrals_for(user: object) -> QuerySet[Referral]:
    """What a person may see, with what a list shows of each."""
    return Referral.objects.visible_to(user).select_related("data_key", "agency__organisation", "case")


def get_referral_for(user: object, pk: UUID) -> Referral:
    visible = Referral.objects.visible_to(user)
    return get_object_or_404(
        visible.select_related(
            "data_key", "agency__organisation", "case__data_key", "drafted_by", "approved_by", "package"
        ),
        pk=pk,
    )


@dataclass(frozen=True)
class InShort:
    """A referral's content in numbers."""

    value: str
    payments: int
    first: date | None
    last: date | None
    identifiers: str
    grades: str
    codes: list[str]
    tlp: str
    submissions: list[Submission]


def referral_in_short(referral: Referral) -> InShort:
    """A constant number of queries, however large the referral."""
    submissions = list(referral.submissions.select_related("organisation", "data_key").order_by("reference"))
    payments = Payment.objects.filter(submission__in=submissions)
    period = payments.aggregate(first=Min("paid_on"), last=Max("paid_on"))
    sightings = Sighting.objects.filter(submission__in=submissions, withdrawn_at=None)
    return InShort(
        value=totals_text(payments, submissions),
        payments=payments.count(),
        first=period["first"],
        last=period["last"],
        identifiers=identifier_types_text(sightings, submissions),
        grades=", ".join(sorted({one.grade for one in submissions})),
        codes=sorted({code for one in submissions for code in one.handling_codes}),
        tlp=strictest_tlp(submissions),
        submissions=submissions,
    )
