"""Who looks after whose people, and what nobody may do to whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError, NotPermitted
from efc_portal.core.permissions import Permission as P
from efc_portal.partners.models import Membership, Organisation
from efc_portal.partners.permissions import GIVEN_BY_SECRETARIAT, access_of, roles_with
from efc_portal.partners.rules import keeper_check, may_keep
from efc_portal.workflow.transitions import Person


def may_manage(actor: Any, organisation_id: UUID | None) -> bool:
    """Whether somebody looks after an organisation's people: their own organisation's, or for managers anybody's."""
    return may_keep(actor, organisation_id, P.PEOPLE_MANAGE)


def manager_check(actor: Person | None, organisation_id: UUID | None) -> None:
    """Raise `NotPermitted` unless the actor looks after this organisation's people; None is the portal itself."""
    keeper_check(actor, organisation_id, P.PEOPLE_MANAGE)


def is_for_members(actor: Person | None) -> bool:
    """Whether somebody acts for the secretariat's register; so does the portal itself."""
    return actor is None or access_of(actor).may(P.MEMBERS_MANAGE)


def roles_allowed(
    *, actor: Person | None, organisation: Organisation, roles: Iterable[str], held: Iterable[str] = ()
) -> list[str]:
    """The roles somebody may be given by the actor: those of the secretariat's giving stay as they are held.

    Raises `NotPermitted` when somebody else than the secretariat would give one of them.
    """
    wanted = {str(role) for role in roles}
    if is_for_members(actor):
        return sorted(wanted)
    if added := (wanted & GIVEN_BY_SECRETARIAT) - set(held):
        raise NotPermitted(
            _("The secretariat alone gives the role “%(role)s”. Ask it to."),
            role=next(iter(sorted(role.label for role in GIVEN_BY_SECRETARIAT if role in added))),
        )
    return sorted(wanted | (set(held) & GIVEN_BY_SECRETARIAT))


def not_oneself(actor: Person | None, user_id: UUID, sentence: object) -> None:
    if actor is not None and actor.pk == user_id:
        raise NotPermitted(sentence)


def organisation_lock(organisation_id: UUID) -> Organisation:
    """Hold an organisation's row until the transaction ends: of two that would each leave the other as the last, one
    comes first, and the other sees it."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)


def last_manager_check(membership: Membership, *, after: Iterable[str] = ()) -> None:
    """Refuse what would leave an organisation without anybody who looks after its people.

    `after` are the roles the person is left with. Call it with the organisation's row held.
    """
    managing = {str(role) for role in roles_with(membership.organisation.kind, [P.PEOPLE_MANAGE])}
    is_one = bool(managing & set(membership.roles)) and membership.suspended_at is None
    if not is_one or managing & set(after):
        return
    others = Membership.objects.filter(
        organisation_id=membership.organisation_id,
        roles__overlap=sorted(managing),
        ended_at=None,
        suspended_at=None,
        user__is_active=True,
    ).exclude(pk=membership.pk)
    if not others.exists():
        raise ApplicationError(
            _(
                "%(name)s is the only one left who manages the people of %(organisation)s. Give a colleague the role "
                "%(role)s first."
            ),
            name=membership.user,
            organisation=membership.organisation,
            role=next(role.label for role in roles_with(membership.organisation.kind, [P.PEOPLE_MANAGE])),
        )
