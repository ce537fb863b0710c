"""Known values in the workspace's navigation and on the start page."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.indicators.enums import OwnValueStatus
from efc_portal.indicators.models import OwnValue
from efc_portal.partners.navigation import navigation_item, start_tile


def proposed(user: AbstractBaseUser) -> int:
    return OwnValue.objects.visible_to(user).filter(status=OwnValueStatus.PROPOSED).count()


navigation_item(label=_("Known values"), url_name="indicators:known", permission=Permission.KNOWN_VALUES_EDIT, order=45)
navigation_item(
    label=_("Your own values"),
    url_name="indicators:own",
    permission=Permission.OWN_VALUES_PROPOSE,
    group=_("Your organisation"),
    order=109,
)
start_tile(
    label=_("Members’ own values to confirm"),
    url_name="indicators:proposals",
    permission=Permission.KNOWN_VALUES_EDIT,
    order=45,
    count=proposed,
    action=_("Look at them"),
    empty=_("No member has told of own values that wait for you."),
)
