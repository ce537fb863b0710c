"""The writes of this noun that others call, by the names they have there."""

from __future__ import annotations

from efc_portal.partners.people.invitations import (
    invitation_accept,
    invitation_create,
    invitation_lapse,
    invitation_resend,
    invitation_withdraw,
)

__all__ = [
    "invitation_accept",
    "invitation_create",
    "invitation_lapse",
    "invitation_resend",
    "invitation_withdraw",
]
