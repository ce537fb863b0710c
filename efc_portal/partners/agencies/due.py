"""What of agencies waits for the secretariat."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.models import Agency
from efc_portal.partners.register.due import Due, DueRow, due


@due("agency_numbers", _("Agencies’ telephone numbers to confirm"), order=41, permission=Permission.MEMBERS_MANAGE)
def agency_numbers() -> Due:
    found = Agency.objects.filter(organisation__is_active=True, channel_confirmed_at=None).exclude(channel_phone="")
    found = found.select_related("organisation").order_by("organisation__name")
    return Due(found, lambda one: DueRow(one.organisation.name, reverse("agency_channel_confirm", args=[one.pk])))
