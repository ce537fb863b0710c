"""Mailings in the secretariat's workspace."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.navigation import navigation_item

navigation_item(
    label=_("Mailings"), url_name="mailings", permission=Permission.MEMBERS_MANAGE, group=_("Membership"), order=81
)
