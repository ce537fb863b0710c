"""Writes to organisations and their people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.accounts.services import sessions_end, user_create
from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_record
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.permissions import EDITORS_GROUP, Permission
from efc_portal.partners.enums import OrganisationKind, Role
from efc_portal.partners.listing.services import listing_create
from efc_portal.partners.models import Agency, Membership, Organisation
from efc_portal.partners.permissions import roles_of_kind
from efc_portal.partners.register.services import domain_add, organisation_values
from efc_portal.partners.rules import permitted


@transaction.atomic
def organisation_create(
    *,
    actor: Actor | None,
    name: str,
    kind: str,
    sector: str,
    country: str,
    website: str = "",
    domains: Iterable[str] = (),
    reason: str = "",
    **more: Any,
) -> Organisation:
    """Admit an organisation. An agency is made with `agency_create`. Without an actor: by a command.

    `country` is ISO 3166-1 alpha-2, `domains` are those of its mail addresses, `reason` why it is admitted, `more`
    further fields of the register.
    Raises `ApplicationError` for what cannot be, or is another member's.
    """
    permitted(actor, Permission.MEMBERS_MANAGE)
    given = {"name": name, "country": country, "website": website, "sector": sector, **more}
    organisation = Organisation(kind=kind, **organisation_values(given, country=country))
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
    except IntegrityError as error:
        if "_once" not in str(error):  # the constraints on name and LEI
            raise
        raise Conflict(_("Somebody else has just admitted an organisation of this name or LEI.")) from error
    for domain in domains:
        domain_add(actor=actor, organisation=organisation, name=domain, reason=str(_("On admission")))
    listing_create(organisation=organisation)
    audit_record(
        action="organisation.admit",
        category=Category.ACCESS,
        actor=actor,
        obj=organisation,
        justification=reason.strip(),
        kind=str(kind),
    )
    return organisation


@transaction.atomic
def agency_create(
    *,
    actor: Actor | None,
    name: str,
    country: str,
    sector: str,
    countries: Iterable[str] = (),
    matters: Iterable[str] = (),
    website: str = "",
    domains: Iterable[str] = (),
    **more: Any,
) -> Agency:
    """Admit a law enforcement agency, competent for the countries (none given: every country) and matters."""
    organisation = organisation_create(
        actor=actor,
        name=name,
        kind=OrganisationKind.LAW_ENFORCEMENT,
        sector=sector,
        country=country,
        website=website,
        domains=domains,
        **more,
    )
    return Agency.objects.create(
        organisation=organisation,
        countries=[code.upper() for code in countries],
        matters=[str(m) for m in matters],
    )


@transaction.atomic
def person_create(
    *,
    actor: Actor | None,
    organisation: Organisation,
    email: str,
    name: str,
    roles: Iterable[str],
    language: str = "en",
    password: str | None = None,
) -> User:
    """Create a person with a place in an organisation. The address counts as confirmed."""
    given = roles_checked(organisation, roles)
    user = user_create(actor=actor, email=email, name=name, language=language, password=password)
    membership_start(actor=actor, user=user, organisation=organisation, roles=given)
    return user


@transaction.atomic
def membership_start(
    *, actor: Actor | None, user: User, organisation: Organisation, roles: Iterable[str]
) -> Membership:
    """Give a person who belongs to no organisation a place in one."""
    given = roles_checked(organisation, roles)
    membership = Membership.objects.create(user=user, organisation=organisation, roles=given)
    _editors_follow(user, given)
    audit_record(action="membership.start", category=Category.ACCESS, actor=actor, obj=membership, roles=given)
    return membership


@transaction.atomic
def membership_change_roles(*, actor: Actor | None, membership: Membership, roles: Iterable[str]) -> None:
    """Give a person these roles instead of the present ones. What open pages may do changes with the next click."""
    given = roles_checked(membership.organisation, roles)
    before = list(membership.roles)
    if before == given:
        return
    changed = Membership.objects.filter(pk=membership.pk, ended_at=None, roles=before).update(roles=given)
    if not changed:
        raise Conflict(_("Somebody else changed this person’s roles meanwhile. Reload the page and look again."))
    membership.roles = given
    _editors_follow(membership.user, given)
    audit_record(
        action="membership.change_roles",
        category=Category.ACCESS,
        actor=actor,
        obj=membership,
        **{"from": before, "to": given},
    )


@transaction.atomic
def membership_end(*, actor: Actor | None, membership: Membership, justification: str = "") -> None:
    """End a person's place in an organisation, and every session with it."""
    now = timezone.now()
    if not Membership.objects.filter(pk=membership.pk, ended_at=None).update(ended_at=now):
        raise Conflict(_("This person has left the organisation already."))
    membership.ended_at = now
    _editors_follow(membership.user, [])
    audit_record(
        action="membership.end",
        category=Category.ACCESS,
        actor=actor,
        obj=membership,
        justification=justification,
    )
    sessions_end(user=membership.user, actor=actor)


def roles_checked(organisation: Organisation, roles: Iterable[str]) -> list[str]:
    """The roles once each, in the order of the table. Refuses none at all, and what this kind cannot give."""
    wanted = {str(role) for role in roles}
    possible = [str(role) for role in roles_of_kind(organisation.kind)]
    if foreign := sorted(wanted - set(possible)):
        raise ApplicationError(
            _("%(organisation)s cannot give the role “%(role)s”."), organisation=organisation, role=foreign[0]
        )
    if not wanted:
        raise ApplicationError(_("Choose at least one role, or end the person’s membership."))
    return [role for role in possible if role in wanted]


def _editors_follow(user: User, roles: Iterable[str]) -> None:
    """The public site gives its page permissions to a group: whoever has the role editor is in it, nobody else."""
    if Role.EDITOR in roles:
        user.groups.add(Group.objects.get_or_create(name=EDITORS_GROUP)[0])
    else:
        user.groups.remove(*user.groups.filter(name=EDITORS_GROUP))
