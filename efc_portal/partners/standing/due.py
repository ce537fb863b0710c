"""What of standing waits for the secretariat."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.enums import LeaveStatus
from efc_portal.partners.models import Grace, LeaveRequest, Review
from efc_portal.partners.register.due import Due, DueRow, due
from efc_portal.partners.standing.selectors import OVERDUE, overdue


@due("reviews_overdue", _("Yearly reviews overdue"), order=22)
def reviews_overdue() -> Due:
    found = overdue(Review.objects.select_related("organisation"), timezone.localdate() - OVERDUE)
    return Due(
        found.order_by("due_on", "pk"),
        lambda one: DueRow(
            one.organisation.name, reverse("standing_of", args=[one.organisation_id]), one.opened_at, one.due_on
        ),
    )


@due("graces_over", _("Times of grace that are over"), order=23, permission=Permission.MEMBERS_MANAGE)
def graces_over() -> Due:
    found = Grace.objects.filter(ended_at=None, until__lt=timezone.localdate()).select_related("organisation")
    return Due(
        found.order_by("until", "pk"),
        lambda one: DueRow(one.organisation.name, reverse("standing_of", args=[one.organisation_id]), None, one.until),
    )


@due("leave_requests", _("Requests to leave"), order=24, permission=Permission.MEMBERS_MANAGE)
def leave_requests() -> Due:
    found = LeaveRequest.objects.filter(status=LeaveStatus.ASKED).select_related("organisation")
    return Due(
        found.order_by("status_at", "pk"),
        lambda one: DueRow(one.organisation.name, reverse("leave_request", args=[one.pk]), one.status_at, one.last_day),
    )
