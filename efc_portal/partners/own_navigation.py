"""What this app itself adds to the workspace's navigation and start page."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.selectors import last_verification
from efc_portal.audit.verification import verification_finding
from efc_portal.core.permissions import Permission
from efc_portal.partners.navigation import navigation_item, start_tile


def record_damaged(user: AbstractBaseUser) -> int:
    return int(bool(verification_finding(last_verification())))


navigation_item(label=_("Start"), url_name="workspace", permissions=tuple(Permission), order=0)
navigation_item(
    label=_("Key"),
    url_name="agency_key",
    permission=Permission.AGENCY_MANAGE,
    group=_("Your organisation"),
    order=107,
)
navigation_item(
    label=_("Edit the public site"),
    url_name="wagtailadmin_home",
    permission=Permission.SITE_EDIT,
    group=_("The public site"),
    order=95,
)
navigation_item(
    label=_("Public listing"),
    url_name="listing",
    permission=Permission.PEOPLE_MANAGE,
    group=_("Your organisation"),
    order=108,
)
navigation_item(
    label=_("Changes of the public site"),
    url_name="wagtailadmin_home",
    permission=Permission.SITE_APPROVE,
    unless=Permission.SITE_EDIT,
    group=_("The public site"),
    order=96,
)
navigation_item(
    label=_("Agencies"), url_name="agencies", permission=Permission.MEMBERS_VIEW, group=_("Membership"), order=80
)
navigation_item(label=_("Record"), url_name="audit:list", permission=Permission.AUDIT_READ, order=60)
start_tile(
    label=_("Damage in the audit record"),
    url_name="audit:state",
    permissions=(Permission.AUDIT_READ, Permission.MEMBERS_MANAGE),
    order=1,
    count=record_damaged,
    action=_("State of the record"),
    empty=_("The audit record is whole, as far as it was verified."),
    urgent=True,
)
