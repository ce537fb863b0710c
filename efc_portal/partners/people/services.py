"""The writes of this noun that others call, by the names they have there."""

from __future__ import annotations

from efc_portal.partners.people.invitations import (
    invitation_accept,
    invitation_create,
    invitation_lapse,
    invitation_resend,
    invitation_withdraw,
)
from efc_portal.partners.people.memberships import person_change_roles, person_end, person_lift, person_suspend
from efc_portal.partners.people.resets import (
    factor_reset_approve,
    factor_reset_ask,
    factor_reset_cancel,
    factor_reset_refuse,
    factor_reset_stop,
)

__all__ = [
    "factor_reset_approve",
    "factor_reset_ask",
    "factor_reset_cancel",
    "factor_reset_refuse",
    "factor_reset_stop",
    "invitation_accept",
    "invitation_create",
    "invitation_lapse",
    "invitation_resend",
    "invitation_withdraw",
    "person_change_roles",
    "person_end",
    "person_lift",
    "person_suspend",
]
