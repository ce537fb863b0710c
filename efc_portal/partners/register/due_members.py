"""What of organisations and their people waits for the secretariat."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.partners.enums import OrganisationKind, Role
from efc_portal.partners.models import Agency, Membership, Organisation
from efc_portal.partners.register.due import Due, DueRow, due
from efc_portal.partners.register.selectors import people_unprotected

FACTOR_DAYS = 14
_LOOKED_AFTER_BY = {OrganisationKind.PARTNER: Role.COORDINATOR, OrganisationKind.LAW_ENFORCEMENT: Role.LIAISON}


@due("agency_keys", _("Agency keys to confirm"), order=40)
def agency_keys() -> Due:
    found = Agency.objects.filter(organisation__is_active=True, recipient_confirmed_at=None).exclude(recipient="")
    found = found.select_related("organisation").order_by("organisation__name")
    return Due(found, lambda one: DueRow(one.organisation.name, reverse("agency_confirm", args=[one.pk])))


@due("no_coordinator", _("Organisations that nobody looks after"), order=50)
def no_coordinator() -> Due:
    """Active members none of whose active people is coordinator, or liaison of an agency."""
    at_work = Membership.objects.filter(
        organisation=OuterRef("pk"), ended_at=None, suspended_at=None, user__is_active=True
    )
    looked_after = Q()
    for kind, role in _LOOKED_AFTER_BY.items():
        looked_after |= Q(Exists(at_work.filter(roles__contains=[role])), kind=kind)
    found = Organisation.objects.filter(~looked_after, kind__in=_LOOKED_AFTER_BY, is_active=True)
    found = found.order_by("joined_on", "name")
    words = _("%(name)s, a member since %(year)s")
    return Due(
        found,
        lambda one: DueRow(words % {"name": one.name, "year": one.joined_on.year}, reverse("people_of", args=[one.pk])),
    )


@due("no_second_factor", _("People without a second factor for fourteen days"), order=51)
def no_second_factor() -> Due:
    """Recovery codes alone are none: they replace a factor that was lost."""
    found = people_unprotected().filter(
        suspended_at=None,
        user__is_active=True,
        organisation__is_active=True,
        started_at__lt=timezone.now() - timedelta(days=FACTOR_DAYS),
    )
    found = found.select_related("user", "organisation").order_by("started_at", "pk")
    return Due(
        found,
        lambda one: DueRow(
            f"{one.user.name}, {one.organisation.name}",
            reverse("organisation", args=[one.organisation_id]),
            one.started_at,
        ),
    )
