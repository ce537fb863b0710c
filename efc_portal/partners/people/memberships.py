"""Writes to people's places: roles, suspension, the end. Each holds the organisation's row, so that its last
coordinator cannot go in two places at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.accounts.services import sessions_end
from efc_portal.audit.enums import Category
from efc_portal.audit.selectors import timeline
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import Conflict, NotPermitted
from efc_portal.core.pan import truncate_pans
from efc_portal.notifications.services import mail_roles_changed, mail_suspension_lifted
from efc_portal.partners.enums import OrganisationKind
from efc_portal.partners.models import Membership, Organisation
from efc_portal.partners.people.handover import hand_over
from efc_portal.partners.people.invitations import invitations_lapse_of
from efc_portal.partners.people.rules import (
    is_for_members,
    last_manager_check,
    manager_check,
    not_oneself,
    organisation_lock,
    roles_allowed,
)
from efc_portal.partners.services import membership_change_roles, membership_end, roles_checked
from efc_portal.workflow.transitions import Person


@transaction.atomic
def person_change_roles(
    *, actor: Person | None, membership: Membership, roles: Iterable[str], before: Iterable[str] | None = None
) -> None:
    """Give a person these roles instead of the present ones; those of the secretariat's giving stay.

    `before` are the roles that the actor saw: raises `Conflict` when somebody changed them meanwhile. Raises
    `NotPermitted` for one's own roles, and `ApplicationError` when nobody would manage the organisation's people.
    """
    held = _held(actor, membership)
    not_oneself(
        actor,
        held.user_id,
        _("Nobody changes their own roles. Ask a colleague who manages your people, or the secretariat."),
    )
    if before is not None and set(before) != set(held.roles):
        raise Conflict(_("Somebody else changed this person’s roles meanwhile. Reload the page and look again."))
    given = roles_after(actor=actor, membership=held, roles=roles)
    last_manager_check(held, after=given)
    membership_change_roles(actor=actor, membership=held, roles=given)
    membership.roles = held.roles
    _offers_end(held)
    mail_roles_changed([held.user], path=reverse("accounts_profile"))


def roles_after(*, actor: Person | None, membership: Membership, roles: Iterable[str]) -> list[str]:
    """The roles a person will have when the actor chooses these. Raises as `person_change_roles`."""
    organisation, held = membership.organisation, membership.roles
    return roles_checked(organisation, roles_allowed(actor=actor, organisation=organisation, roles=roles, held=held))


@transaction.atomic
def person_suspend(*, actor: Person | None, membership: Membership, reason: str) -> None:
    """Shut a person out at once: their sessions end, and they cannot sign in until it is lifted.

    The secretariat may suspend an organisation's only coordinator; the organisation itself may not.
    """
    held = _held(actor, membership)
    not_oneself(actor, held.user_id, _("Nobody suspends themself. Ask a colleague, or the secretariat."))
    if held.suspended_at:
        raise Conflict(_("This person is suspended already."))
    if held.organisation.kind == OrganisationKind.SECRETARIAT or not is_for_members(actor):
        last_manager_check(held)
    now = timezone.now()
    Membership.objects.filter(pk=held.pk).update(suspended_at=now)
    User.objects.filter(pk=held.user_id).update(is_active=False)
    membership.suspended_at = now
    audit_record(
        action="membership.suspend",
        category=Category.ACCESS,
        actor=actor,
        obj=held,
        justification=truncate_pans(reason.strip())[0],
    )
    _offers_end(held)
    sessions_end(user=held.user, actor=actor)


@transaction.atomic
def person_lift(*, actor: Person | None, membership: Membership) -> None:
    """Let a suspended person sign in again. What the secretariat suspended, it alone lifts."""
    held = _held(actor, membership)
    if not held.suspended_at:
        raise Conflict(_("This person is not suspended, or not any more."))
    suspended = timeline(held, actions=["membership.suspend"])
    if suspended and suspended[-1].organisation_id != held.organisation_id and not is_for_members(actor):
        raise NotPermitted(_("The secretariat suspended this person, and it alone can lift that."))
    Membership.objects.filter(pk=held.pk).update(suspended_at=None)
    User.objects.filter(pk=held.user_id).update(is_active=True)
    membership.suspended_at, held.user.is_active = None, True
    audit_record(action="membership.lift", category=Category.ACCESS, actor=actor, obj=held)
    mail_suspension_lifted([held.user], path=reverse("workspace"))


@transaction.atomic
def person_end(*, actor: Person | None, membership: Membership, reason: str, successor: User | None = None) -> None:
    """End a person's place in an organisation, with their sessions. Open work goes to the successor.

    Raises `ApplicationError` when the person has open work and colleagues could take it over, but `successor` is
    none of them; and when nobody would manage the organisation's people.
    """
    held = _held(actor, membership)
    last_manager_check(held)
    hand_over(actor=actor, user=held.user, organisation=held.organisation, successor=successor)
    membership_end(actor=actor, membership=held, justification=truncate_pans(reason.strip())[0])
    membership.ended_at = held.ended_at
    _offers_end(held)


def _held(actor: Person | None, membership: Membership) -> Membership:
    """The place as it stands now, with the organisation's row held. Refuses one that ended, and foreign actors."""
    organisation: Organisation = organisation_lock(membership.organisation_id)
    manager_check(actor, organisation.pk)
    held = Membership.objects.select_related("user").get(pk=membership.pk)
    held.organisation = organisation
    if held.ended_at:
        raise Conflict(_("This person has left the organisation already."))
    return held


def _offers_end(membership: Membership) -> None:
    """With the right to invite, what somebody has offered by it ends: a link of theirs would open a way back in."""
    invitations_lapse_of(inviter=User.objects.get(pk=membership.user_id))
