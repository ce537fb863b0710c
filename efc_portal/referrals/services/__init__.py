"""Everything that writes referrals: drafting and approving, packaging and delivering, the agency's answers."""

from efc_portal.referrals.services.answers import (
    referral_accept,
    referral_acknowledge,
    referral_conclude,
    referral_decline,
    referral_release,
)
from efc_portal.referrals.services.delivery import package_open, referral_deliver, referral_package
from efc_portal.referrals.services.drafting import (
    referral_approve,
    referral_draft,
    referral_propose,
    referral_return,
    referral_revise,
    referral_withdraw,
)

__all__ = [
    "package_open",
    "referral_accept",
    "referral_acknowledge",
    "referral_approve",
    "referral_conclude",
    "referral_decline",
    "referral_deliver",
    "referral_draft",
    "referral_package",
    "referral_propose",
    "referral_release",
    "referral_return",
    "referral_revise",
    "referral_withdraw",
]
