"""What is due, in the navigation and on the start page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.navigation import navigation_item, start_tile
from efc_portal.partners.register.due import due_count

navigation_item(
    label=_("What is due"), url_name="due", permission=Permission.MEMBERS_VIEW, group=_("Membership"), order=71
)
start_tile(
    label=_("Due about members"),
    url_name="due",
    permission=Permission.MEMBERS_VIEW,
    order=55,
    count=due_count,
    action=_("See what is due"),
    empty=_("Nothing about members is due."),
)
