"""The life of a referral."""

from __future__ import annotations

from efc_portal.core.permissions import Permission as P
from efc_portal.referrals.enums import ReferralStatus as S
from efc_portal.workflow.transitions import Lifecycle, Transition

REFERRAL = Lifecycle(
    "referral",
    [
        Transition("propose", (S.DRAFT,), S.REVIEW, by=P.REFERRAL_DRAFT),
        Transition("return", (S.REVIEW,), S.DRAFT, by=P.REFERRAL_APPROVE),
        Transition("approve", (S.REVIEW,), S.APPROVED, by=P.REFERRAL_APPROVE),
        # approved ones only when the agency cannot receive them
        Transition("withdraw", (S.DRAFT, S.REVIEW, S.APPROVED, S.PACKAGED), S.WITHDRAWN, by=P.REFERRAL_DRAFT),
        Transition("package", (S.APPROVED,), S.PACKAGED, by="portal"),
        Transition("deliver", (S.PACKAGED,), S.DELIVERED, by="portal"),
        Transition("acknowledge", (S.DELIVERED,), S.ACKNOWLEDGED, by=P.REFERRAL_ANSWER),
        Transition("accept", (S.ACKNOWLEDGED,), S.ACCEPTED, by=P.REFERRAL_ANSWER),
        Transition("decline", (S.ACKNOWLEDGED,), S.DECLINED, by=P.REFERRAL_ANSWER),
        Transition("conclude", (S.ACCEPTED,), S.CONCLUDED, by=P.REFERRAL_ANSWER),
    ],
)
