"""Single sign-on in the workspace."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.navigation import navigation_item, start_tile
from efc_portal.partners.sign_on.selectors import providers_to_confirm

navigation_item(
    label=_("Single sign-on"),
    url_name="sign_on",
    permission=Permission.ORGANISATION_MANAGE,
    group=_("Your organisation"),
    order=109,
)
navigation_item(
    label=_("Single sign-on"),
    url_name="sign_on",
    permission=Permission.MEMBERS_MANAGE,
    unless=Permission.ORGANISATION_MANAGE,
    group=_("Membership"),
    order=82,
)
start_tile(
    label=_("Single sign-on to confirm"),
    url_name="sign_on",
    permission=Permission.MEMBERS_MANAGE,
    order=52,
    count=providers_to_confirm,
    action=_("Look at it"),
    empty=_("Every single sign-on that was tried is confirmed."),
)
