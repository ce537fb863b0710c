"""Agencies whose telephone number waits for a colleague's call, on the start page."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.models import Agency
from efc_portal.partners.navigation import start_tile


def channels_to_confirm(user: AbstractBaseUser) -> int:
    """Those that this person may confirm: entered by somebody else."""
    waiting = Agency.objects.filter(organisation__is_active=True, channel_confirmed_at=None).exclude(channel_phone="")
    return waiting.exclude(channel_set_by=user.pk).count()


start_tile(
    label=_("Agencies’ numbers to confirm"),
    url_name="agencies",
    permission=Permission.MEMBERS_MANAGE,
    order=49,
    count=channels_to_confirm,
    action=_("Call and confirm"),
    empty=_("No agency’s number waits for your call."),
)
