"""People in the workspace's navigation and on the start page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.navigation import navigation_item, start_tile
from efc_portal.partners.people.selectors import invitations_lapsing, people_to_look_at, resets_to_approve

navigation_item(
    label=_("People"),
    url_name="people",
    permission=Permission.PEOPLE_MANAGE,
    group=_("Your organisation"),
    order=101,
)
navigation_item(
    label=_("Who can do what"),
    url_name="roles",
    permissions=(Permission.PEOPLE_MANAGE, Permission.MEMBERS_VIEW),
    group=_("Your organisation"),
    order=112,
)
start_tile(
    label=_("Lost second factors to approve"),
    url_name="factor_resets",
    permission=Permission.PEOPLE_MANAGE,
    order=15,
    count=resets_to_approve,
    action=_("Look at them"),
    empty=_("Nobody waits for a lost second factor."),
    urgent=True,
)
start_tile(
    label=_("People at a foreign domain"),
    url_name="people_outside",
    permission=Permission.PEOPLE_MANAGE,
    order=70,
    count=people_to_look_at,
    action=_("Look at them"),
    empty=_("Everybody’s address is at your organisation’s domains."),
)
start_tile(
    label=_("Invitations about to lapse"),
    url_name="people",
    permission=Permission.PEOPLE_MANAGE,
    order=72,
    count=invitations_lapsing,
    action=_("Send again or withdraw"),
    empty=_("No invitation lapses within two days."),
)
