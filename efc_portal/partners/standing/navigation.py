"""Standing, reviews and leaving in the workspace's navigation and on the start page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.navigation import navigation_item, start_tile
from efc_portal.partners.standing.selectors import (
    grace_waits,
    leave_requests_waiting,
    review_waits,
)

navigation_item(
    label=_("Standing"),
    url_name="standing",
    permission=Permission.ORGANISATION_MANAGE,
    group=_("Your organisation"),
    order=104,
)
navigation_item(
    label=_("Contacts"),
    url_name="contacts",
    permission=Permission.ORGANISATION_MANAGE,
    group=_("Your organisation"),
    order=102,
)
navigation_item(
    label=_("Yearly review"),
    url_name="review",
    permission=Permission.ORGANISATION_MANAGE,
    group=_("Your organisation"),
    order=105,
    count=review_waits,
)
navigation_item(
    label=_("Yearly reviews"), url_name="reviews", permission=Permission.MEMBERS_VIEW, group=_("Membership"), order=75
)
navigation_item(
    label=_("Requests to leave"),
    url_name="leave_requests",
    permission=Permission.MEMBERS_MANAGE,
    group=_("Membership"),
    order=76,
    count=leave_requests_waiting,
)
start_tile(
    label=_("To put right in time"),
    url_name="standing",
    permission=Permission.ORGANISATION_MANAGE,
    order=30,
    count=grace_waits,
    action=_("See what it is"),
    empty=_("Your organisation has nothing to mend."),
    urgent=True,
)
start_tile(
    label=_("Yearly review"),
    url_name="review",
    permission=Permission.ORGANISATION_MANAGE,
    order=31,
    count=review_waits,
    action=_("Go through it"),
    empty=_("No yearly review is due."),
)
