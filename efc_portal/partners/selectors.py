"""Reads about organisations and their people."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from efc_portal.core.permissions import Permission
from efc_portal.partners.enums import Role
from efc_portal.partners.models import Membership, Organisation
from efc_portal.partners.permissions import ROLES, WORDS, Access, OrganisationKind


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


def people_of(organisation: Organisation) -> QuerySet[Membership]:
    """The present people of an organisation, by name."""
    return organisation.memberships.filter(ended_at=None).select_related("user").order_by("user__name", "user__email")
