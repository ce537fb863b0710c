"""Agencies whose telephone number waits for a colleague's call, on the start page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.navigation import start_tile
from efc_portal.partners.standing.selectors import channels_to_confirm

start_tile(
    label=_("Agencies’ numbers to confirm"),
    url_name="agencies",
    permission=Permission.MEMBERS_MANAGE,
    order=49,
    count=channels_to_confirm,
    action=_("Call and confirm"),
    empty=_("No agency’s number waits for your call."),
)
