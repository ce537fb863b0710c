"""Reads about organisations and their people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from efc_portal.accounts.models import User
from efc_portal.core.permissions import Permission
from efc_portal.core.rows import columns_of, row_read
from efc_portal.partners.enums import OrganisationKind, Role
from efc_portal.partners.models import Agency, Membership, Organisation
from efc_portal.partners.permissions import ROLES, WORDS, Access, access_of


@dataclass(frozen=True)
class Ability:
    """A role a person holds, with what it lets them do, in words."""

    role: Role
    abilities: list[str]


def abilities_of(access: Access) -> list[Ability]:
    """What a person may do and why: role by role, in the order of the table."""
    if access.organisation is None:
        return []
    table = ROLES[OrganisationKind(access.organisation.kind)]
    return [
        Ability(role, [str(WORDS[name]) for name in Permission if name in held])
        for role, held in table.items()
        if role in access.roles
    ]


def membership_with_user(user_id: UUID) -> Membership | None:
    """A person's present membership, with the person and the organisation: what every signed-in request asks for."""
    with connection.cursor() as cursor:
        cursor.execute(_membership_sql(), [user_id])
        row = cursor.fetchone()
    if row is None:
        return None
    membership, end = row_read(Membership, row)
    membership.user, end = row_read(User, row, end)
    membership.organisation, end = row_read(Organisation, row, end)
    return membership


@cache
def _membership_sql() -> str:
    columns = ", ".join([columns_of(Membership, "m"), columns_of(User, "u"), columns_of(Organisation, "o")])
    return (
        f"SELECT {columns} FROM partners_membership m "  # noqa: S608  columns of our own tables
        "JOIN accounts_user u ON u.id = m.user_id JOIN partners_organisation o ON o.id = m.organisation_id "
        "WHERE m.user_id = %s AND m.ended_at IS NULL"
    )


def people_who_may(permission: Permission, *, organisation_id: UUID | None = None) -> list[User]:
    """The active people whose role includes a permission, in one organisation or in all; for telling them something."""
    roles = [(kind, role) for kind, table in ROLES.items() for role, held in table.items() if permission in held]
    holders = Q()
    for kind, role in roles:
        holders |= Q(organisation__kind=kind, roles__contains=[role])
    found = Membership.objects.filter(holders, ended_at=None, organisation__is_active=True, user__is_active=True)
    if organisation_id:
        found = found.filter(organisation_id=organisation_id)
    return [membership.user for membership in found.select_related("user").order_by("user__email")]


def people_managers_of(access: Access) -> list[User]:
    """Who can change what a person may do: those of their organisation who manage its people."""
    if access.organisation is None:
        return []
    return people_who_may(Permission.PEOPLE_MANAGE, organisation_id=access.organisation_id)


def people_named(text: str) -> list[UUID]:
    """The ids of those whose name or e-mail address contains a text, present and former people alike."""
    found = User.objects.filter(Q(name__icontains=text) | Q(email__icontains=text))
    return list(found.order_by("email").values_list("pk", flat=True)[:200])


def people_of(organisation: Organisation) -> QuerySet[Membership]:
    """The present people of an organisation, by name."""
    return organisation.memberships.filter(ended_at=None).select_related("user").order_by("user__name", "user__email")


def agencies_for(user: object) -> QuerySet[Agency]:
    """The agencies a person may know: all for who may view members, their own for an agency's people."""
    access = access_of(user)
    agencies = Agency.objects.select_related("organisation").order_by("organisation__name")
    if access.may(Permission.MEMBERS_VIEW):
        return agencies
    return agencies.filter(pk=access.organisation_id) if access.is_law_enforcement else agencies.none()
