"""The ledger of contributions in kind in the workspace."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.navigation import navigation_item

navigation_item(
    label=_("Contributions"),
    url_name="contributions",
    permission=Permission.CONTRIBUTION_RECORD,
    group=_("Your organisation"),
    order=106,
)
navigation_item(
    label=_("Contributions"),
    url_name="contributions_all",
    permission=Permission.MEMBERS_VIEW,
    group=_("Membership"),
    order=74,
)
