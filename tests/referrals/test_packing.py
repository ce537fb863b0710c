"""What a package says of the identifiers of real submissions."""

from __future__ import annotations

import pytest

from efc_portal.cases.services import submission_accept
from efc_portal.referrals.packing import package_content
from efc_portal.referrals.services import referral_approve
from tests.cast import Cast
from tests.factories import stages

pytestmark = pytest.mark.django_db

ADDRESS = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"


def test_identifiers_carry_what_was_said_with_them_and_what_their_type_observes(cast: Cast) -> None:
    rows = [
        {"value": f"USDT on Polygon: {ADDRESS}", "type": "", "role": "recipient"},
        {"value": f"USDC on BNB Smart Chain: {ADDRESS}", "type": "", "role": "sender"},
        {"value": "Telegram: @North_Star", "type": "", "role": "recipient"},
    ]
    first = stages.submission_of(cast.reporter, identifiers=rows[:1], payments=[])
    second = stages.submission_of(cast.reporter, identifiers=rows[1:], payments=[])
    case = stages.case_of(cast.officer, first)
    submission_accept(submission=second, case=case, actor=cast.officer)
    referral = stages.proposed(stages.referral_of(cast.officer, case, cast.agency), cast.officer)
    referral_approve(referral=referral, actor=cast.manager)
    referral.refresh_from_db()
    wallet, name = package_content(referral).identifiers
    assert (wallet.value, wallet.chains, wallet.tokens) == (ADDRESS.lower(), ("bsc", "polygon"), ("USDC", "USDT"))
    assert (name.stix.type, dict(name.observed)) == (
        "user-account",
        {"account_type": "telegram", "account_login": "north_star"},
    )
