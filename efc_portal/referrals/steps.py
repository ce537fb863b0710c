"""What the workflow does with an approved referral, and with what an agency releases."""

from __future__ import annotations

from uuid import UUID

from efc_portal.referrals.models import Referral, Release
from efc_portal.referrals.revocation import withdrawal_spread
from efc_portal.referrals.services.answers import release_tell
from efc_portal.referrals.services.delivery import referral_deliver, referral_package
from efc_portal.submissions.models import Withdrawal
from efc_portal.workflow.services import step


def _get(pk: UUID) -> Referral:
    return Referral.objects.select_related("data_key", "agency__organisation", "case").get(pk=pk)


@step("referral.package")
def package(pk: UUID) -> None:
    referral_package(referral=_get(pk))


@step("referral.deliver")
def deliver(pk: UUID) -> None:
    referral_deliver(referral=_get(pk))


@step("release.tell")
def tell(pk: UUID) -> None:
    release_tell(release=Release.objects.select_related("referral").get(pk=pk))


@step("submission.value_withdrawn")
def value_withdrawn(pk: UUID) -> None:
    withdrawal_spread(withdrawal=Withdrawal.objects.select_related("submission__case_entry__case__lead").get(pk=pk))
