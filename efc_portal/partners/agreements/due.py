"""What of the memorandum waits for the secretariat."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.agreements.enums import AcceptanceStatus
from efc_portal.partners.agreements.selectors import overdue
from efc_portal.partners.models import Acceptance
from efc_portal.partners.register.due import Due, DueRow, due


@due("countersign", _("Acceptances to countersign"), order=20, permission=Permission.MEMBERS_MANAGE)
def countersign() -> Due:
    found = Acceptance.objects.filter(status=AcceptanceStatus.ACCEPTED).order_by("accepted_at", "pk")
    return Due(found, lambda one: DueRow(one.party, reverse("acceptance", args=[one.pk]), one.accepted_at))


@due("memorandum_overdue", _("Members late with the memorandum"), order=21, permission=Permission.MEMBERS_MANAGE)
def memorandum_overdue() -> Due:
    found = Acceptance.objects.filter(overdue()).select_related("version").order_by("version__accept_by", "party")
    return Due(
        found,
        lambda one: DueRow(one.party, reverse("acceptance", args=[one.pk]), one.asked_at, one.version.accept_by),
    )
