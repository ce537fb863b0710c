"""Where a person belongs."""

from __future__ import annotations

from efc_portal.accounts.models import User
from efc_portal.partners.models import Membership


def place(user: User) -> Membership:
    return user.memberships.select_related("user", "organisation").get()
