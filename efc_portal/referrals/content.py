"""The sealed text of a referral: its JSON and the form in which pages read it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from efc_portal.referrals.models import Referral


@dataclass(frozen=True)
class ReferralText:
    """Everything of a referral that is words."""

    title: str
    summary: str
    request: str  # what the agency is asked to do
    routing_reason: str  # why this agency
    permission: str = ""  # the provider's permission, where H2 asks for it
    return_note: str = ""  # why the approver gave it back
    answer_note: str = ""  # the agency's words on accepting or declining
    conclusion: str = ""  # the agency's words at the end


def text_of(referral: Referral) -> ReferralText:
    """Open a referral's text. Raises `Erased` when its data key was destroyed."""
    return ReferralText(**referral.data_key.unseal_json(referral.content, referral.content_context))


def sealed_text(referral: Referral, text: ReferralText) -> bytes:
    values: dict[str, Any] = asdict(text)
    return referral.data_key.seal_json(values, referral.content_context)
