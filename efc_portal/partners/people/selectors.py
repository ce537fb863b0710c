"""Reads of people, invitations and lost second factors: whose they are decides who sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex, Substr
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.models import AuditEvent
from efc_portal.audit.words import action_text
from efc_portal.core.counts import counts_of
from efc_portal.core.permissions import Permission as P
from efc_portal.partners.actors import actor_texts
from efc_portal.partners.enums import FactorResetStatus, InvitationStatus, Role
from efc_portal.partners.models import Domain, FactorReset, Invitation, Membership, Organisation
from efc_portal.partners.permissions import access_of

FACTORS: dict[str, str | Promise] = {
    Authenticator.Type.WEBAUTHN: _("Passkey"),
    Authenticator.Type.TOTP: _("Authenticator app"),
    Authenticator.Type.RECOVERY_CODES: _("Recovery codes"),
}
LAPSING = timedelta(days=2)
# What a person's page tells of the record: what was done about the person, never what the person did elsewhere.
HISTORY = (
    "membership.start",
    "membership.change_roles",
    "membership.suspend",
    "membership.lift",
    "membership.end",
    "user.return",
    "second_factor.add",
    "second_factor.remove",
    "invitation.create",
    "invitation.resend",
    "invitation.accept",
    "factor_reset.ask",
    "factor_reset.approve",
    "factor_reset.refuse",
    "factor_reset.cancel",
    "factor_reset.stop",
    "factor_reset.do",
    "factor_reset.lapse",
)


def _mine(user: object, field: str = "organisation_id") -> Q | None:
    """Which organisations' people somebody looks after; None for nobody's."""
    access = access_of(user)
    if access.may(P.MEMBERS_MANAGE):
        return Q()
    return Q(**{field: access.organisation_id}) if access.may(P.PEOPLE_MANAGE) else None


def memberships_for(user: object) -> QuerySet[Membership]:
    """The places, present and past, that somebody looks after."""
    mine = _mine(user)
    places = Membership.objects.select_related("user", "organisation")
    return places.none() if mine is None else places.filter(mine)


def invitations_for(user: object) -> QuerySet[Invitation]:
    mine = _mine(user)
    invitations = Invitation.objects.select_related("organisation", "invited_by")
    return invitations.none() if mine is None else invitations.filter(mine)


def resets_for(user: object) -> QuerySet[FactorReset]:
    mine = _mine(user)
    resets = FactorReset.objects.select_related("user", "organisation", "asked_by", "approved_by")
    return resets.none() if mine is None else resets.filter(mine)


def organisations_for(user: object) -> QuerySet[Organisation]:
    """The organisations whose people somebody looks after."""
    mine = _mine(user, "pk")
    return Organisation.objects.none() if mine is None else Organisation.objects.filter(mine)


def reset_open_of(user: User) -> FactorReset | None:
    """The reset that a person can stop."""
    return FactorReset.objects.filter(user=user, status__in=FactorReset.OPEN).select_related("organisation").first()


def people_outside_domains(organisation: Organisation) -> QuerySet[Membership]:
    """The present people whose address is at no domain of their organisation, though nobody allowed that."""
    allowed = Invitation.objects.filter(organisation=organisation, status=InvitationStatus.ACCEPTED).exclude(
        outside_reason=""
    )
    return (
        Membership.objects.filter(organisation=organisation, ended_at=None, suspended_at=None)
        .annotate(domain=Substr("user__email", StrIndex("user__email", Value("@")) + 1))
        .exclude(domain__in=Domain.objects.filter(organisation=organisation).values("name"))
        .exclude(user__in=allowed.values("accepted_by"))
        .select_related("user", "organisation")
        .order_by("user__name", "user__email")
    )


def people_at(organisation: Organisation, domain: str) -> QuerySet[Membership]:
    """The present people of an organisation whose address is of a domain."""
    members = Membership.objects.filter(organisation=organisation, ended_at=None, user__email__endswith=f"@{domain}")
    return members.select_related("user", "organisation").order_by("user__name", "user__email")


def factors_of(users: Iterable[UUID]) -> dict[UUID, list[str]]:
    """What each person shows beside or instead of a password, in words: one query."""
    found: dict[UUID, list[str]] = {}
    for user_id, kind in (
        Authenticator.objects.filter(user__in=list(users)).values_list("user_id", "type").order_by("pk")
    ):
        words = str(FACTORS.get(kind, kind))
        if words not in found.setdefault(user_id, []):
            found[user_id].append(words)
    return found


@dataclass(frozen=True)
class Line:
    """A line of a person's history, as `components/timeline.html` shows it."""

    at: object
    title: str
    text: str = ""
    by: str = ""


def history_of(membership: Membership, *, reader: object) -> list[Line]:
    """What was done about a person in this organisation, newest first; the names as `actor_texts` tells them."""
    invitations = Invitation.objects.filter(organisation=membership.organisation_id, accepted_by=membership.user_id)
    resets = FactorReset.objects.filter(organisation=membership.organisation_id, user=membership.user_id)
    objects = Q(object_type="partners.membership", object_id=str(membership.pk))
    objects |= Q(object_type="accounts.user", object_id=str(membership.user_id), at__gte=membership.started_at)
    objects |= Q(
        object_type="partners.invitation", object_id__in=[str(pk) for pk in invitations.values_list("pk", flat=True)]
    )
    objects |= Q(
        object_type="partners.factorreset", object_id__in=[str(pk) for pk in resets.values_list("pk", flat=True)]
    )
    events = list(AuditEvent.objects.filter(objects, action__in=HISTORY).order_by("-pk")[:100])
    who = actor_texts(events, reader=reader)
    return [Line(event.at, action_text(event.action), _told(event), who.get(event.pk, "")) for event in events]


def _told(event: AuditEvent) -> str:
    """The roles of a change, or why it was made."""
    before, after = event.payload.get("from"), event.payload.get("to")
    if isinstance(before, list) and isinstance(after, list):
        return f"{_labels(before)} → {_labels(after)}"
    if roles := event.payload.get("roles"):
        return _labels(roles)
    return event.justification


def _labels(roles: Iterable[str]) -> str:
    return ", ".join(str(Role(role).label) for role in roles if role in Role.values)


# --- what waits, for the start page


def resets_to_approve(user: Any) -> int:
    """Those that wait for a second person, whom this one can be."""
    return _waiting(user)["resets"]


def people_to_look_at(user: Any) -> int:
    """The people of the own organisation whose address is at none of its domains."""
    return _waiting(user)["outside"]


def invitations_lapsing(user: Any) -> int:
    """The own organisation's open invitations that end within two days."""
    return _waiting(user)["lapsing"]


def _waiting(user: Any) -> dict[str, int]:
    """All of them in one query, remembered with the user object, which lives as long as a request."""
    if not hasattr(user, "_people_waiting"):
        organisation = access_of(user).organisation
        asked = resets_for(user).filter(status=FactorResetStatus.ASKED)
        own = Invitation.objects.filter(organisation=organisation, status=InvitationStatus.OPEN)
        user._people_waiting = counts_of(
            {
                "resets": asked.exclude(asked_by=user).exclude(user=user),
                "outside": people_outside_domains(organisation) if organisation else Membership.objects.none(),
                "lapsing": own.filter(expires_at__lte=timezone.now() + LAPSING),
            }
        )
    counted: dict[str, int] = user._people_waiting
    return counted
