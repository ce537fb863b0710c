"""What of applications waits for the secretariat."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from efc_portal.partners.applications.selectors import waiting_condition
from efc_portal.partners.models import Application
from efc_portal.partners.register.due import Due, DueRow, due


@due("applications", _("Applications to join"), order=10)
def applications() -> Due:
    found = Application.objects.filter(waiting_condition()).order_by("status_at", "pk")
    return Due(
        found,
        lambda one: DueRow(
            f"{one.reference} {one.name}: {one.get_status_display()}",
            reverse("application_detail", args=[one.pk]),
            one.status_at,
        ),
    )
