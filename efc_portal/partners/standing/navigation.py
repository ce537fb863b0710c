"""Standing, reviews and leaving in the workspace's navigation and on the start page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.navigation import navigation_item, start_tile
from efc_portal.partners.standing.selectors import (
    grace_waits,
    graces_over,
    leave_requests_waiting,
    review_waits,
    reviews_overdue,
)

navigation_item(label=_("Standing"), url_name="standing", permission=Permission.ORGANISATION_MANAGE, order=75)
navigation_item(label=_("Contacts"), url_name="contacts", permission=Permission.ORGANISATION_MANAGE, order=76)
navigation_item(
    label=_("Yearly review"),
    url_name="review",
    permission=Permission.ORGANISATION_MANAGE,
    order=77,
    count=review_waits,
)
navigation_item(label=_("Yearly reviews"), url_name="reviews", permission=Permission.MEMBERS_VIEW, order=77)
navigation_item(
    label=_("Requests to leave"),
    url_name="leave_requests",
    permission=Permission.MEMBERS_MANAGE,
    order=78,
    count=leave_requests_waiting,
)
start_tile(
    label=_("To mend by a day"),
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
start_tile(
    label=_("Reviews overdue by two weeks"),
    url_name="reviews",
    query="?state=overdue",
    permission=Permission.MEMBERS_MANAGE,
    order=52,
    count=reviews_overdue,
    action=_("See whose"),
    empty=_("No yearly review is overdue by two weeks."),
)
start_tile(
    label=_("Times of grace that are over"),
    url_name="graces",
    permission=Permission.MEMBERS_MANAGE,
    order=53,
    count=graces_over,
    action=_("Decide"),
    empty=_("No time of grace is over."),
)
start_tile(
    label=_("Requests to leave"),
    url_name="leave_requests",
    permission=Permission.MEMBERS_MANAGE,
    order=54,
    count=leave_requests_waiting,
    action=_("Decide"),
    empty=_("Nobody asks to leave."),
)
