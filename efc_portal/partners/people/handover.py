"""Who takes over what somebody leaves behind.

An app whose objects are in one person's hands has a module `handover` that calls `handed_over`; all of them are
imported when Django starts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.services import Actor
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.notifications.services import mail_work_handed_over, mail_work_left
from efc_portal.partners.models import Membership, Organisation
from efc_portal.partners.permissions import roles_with
from efc_portal.partners.selectors import people_who_may


@dataclass(frozen=True, kw_only=True)
class Work:
    """`count(user, organisation)` is how much is open; `move` gives it to a colleague, with the record of it."""

    label: Any  # a translated, lazy string
    permission: Permission  # what the colleague must be able to do
    count: Callable[[User, Organisation], int]
    move: Callable[[Actor | None, User, Organisation, User], None]  # actor, from whom, of which, to whom


_work: list[Work] = []


def handed_over(**fields: Any) -> None:
    """Register work that is in one person's hands (the fields of `Work`)."""
    _work.append(Work(**fields))


def work_open(user: User, organisation: Organisation) -> list[tuple[Work, int]]:
    """What a person has open, by kind; kinds with nothing are left out."""
    counted = [(work, work.count(user, organisation)) for work in _work]
    return [(work, count) for work, count in counted if count]


def successors(user: User, organisation: Organisation) -> list[User]:
    """The active colleagues who may do all that a person has open; none when nothing is open."""
    found = Membership.objects.filter(
        organisation=organisation, ended_at=None, suspended_at=None, user__is_active=True
    ).exclude(user=user)
    kinds = work_open(user, organisation)
    for work, _count in kinds:
        able = [str(role) for role in roles_with(organisation.kind, [work.permission])]
        found = found.filter(roles__overlap=able)
    if not kinds:
        return []
    return [place.user for place in found.select_related("user").order_by("user__name", "user__email")]


def hand_over(*, actor: Actor | None, user: User, organisation: Organisation, successor: User | None) -> None:
    """Give what a person has open to a colleague who may do it; tell the secretariat when there is none.

    Raises `ApplicationError` when there are such colleagues and `successor` is not one of them.
    """
    kinds = work_open(user, organisation)
    if not kinds:
        return
    able = successors(user, organisation)
    if not able:
        mail_work_left(people_who_may(Permission.MEMBERS_MANAGE), path=reverse("people_of", args=[organisation.pk]))
        return
    if successor not in able:
        raise ApplicationError(
            _("%(name)s has open work. Choose an active colleague who may do it and takes it over."), name=user
        )
    for work, _count in kinds:
        work.move(actor, user, organisation, successor)
    mail_work_handed_over([successor], path=reverse("workspace"))
