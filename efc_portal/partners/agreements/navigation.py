"""The memorandum in the workspace: for those who sign and look after a member, and for the secretariat."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.agreements.selectors import to_accept, to_countersign
from efc_portal.partners.navigation import navigation_item, start_tile

navigation_item(
    label=_("Memorandum"),
    url_name="memorandum",
    permissions=(Permission.AGREEMENT_SIGN, Permission.ORGANISATION_MANAGE),
    group=_("Your organisation"),
    order=103,
    count=to_accept,
)
navigation_item(
    label=_("Memorandum"),
    url_name="memoranda",
    permission=Permission.MEMBERS_VIEW,
    group=_("Membership"),
    order=73,
    count=to_countersign,
)
start_tile(
    label=_("Memorandum to accept"),
    url_name="memorandum",
    permission=Permission.AGREEMENT_SIGN,
    order=20,
    count=to_accept,
    action=_("Read and accept"),
    empty=_("Your organisation has accepted the memorandum in force."),
)
