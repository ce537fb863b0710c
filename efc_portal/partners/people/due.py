"""What of people waits for the secretariat."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.enums import FactorResetStatus
from efc_portal.partners.models import FactorReset
from efc_portal.partners.register.due import Due, DueRow, due


@due("factor_resets", _("Lost second factors to approve"), order=30, permission=Permission.MEMBERS_MANAGE)
def factor_resets() -> Due:
    found = FactorReset.objects.filter(status=FactorResetStatus.ASKED).select_related("user", "organisation")
    return Due(
        found.order_by("asked_at", "pk"),
        lambda one: DueRow(
            f"{one.user.name}, {one.organisation.name}", reverse("factor_reset", args=[one.pk]), one.asked_at
        ),
    )
