"""Where an organisation stands: each move with its reason, its history, and everybody told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.accounts.services import sessions_end_of
from efc_portal.audit.enums import Category
from efc_portal.core.errors import ApplicationError
from efc_portal.core.pan import truncate_pans
from efc_portal.core.permissions import Permission
from efc_portal.core.public_facts import public_facts_changed
from efc_portal.notifications import services as notifications
from efc_portal.partners.enums import OrganisationKind, OrganisationStatus
from efc_portal.partners.models import FieldChange, Grace, Membership, Organisation, Review
from efc_portal.partners.permissions import roles_with
from efc_portal.partners.selectors import people_who_may
from efc_portal.partners.transitions import ORGANISATION
from efc_portal.workflow.transitions import Person

LONGEST_REASON = 300
GRACE_AT_LEAST = timedelta(days=1)
GRACE_AT_MOST = timedelta(days=366)
REVIEW_GRACE = timedelta(days=60)  # after a review's day, a manager decides on a suspension
REVIEW_AGAIN = timedelta(days=30)  # an open review's time, once its organisation is made active again


@transaction.atomic
def organisation_warn(
    *, actor: Person, organisation: Organisation, what: str, until: date, today: date | None = None
) -> Grace:
    """Give an active organisation until a day to mend something; it works as before meanwhile.

    Raises `ApplicationError` when nothing is said, or the day is not between tomorrow and a year from now.
    """
    today = today or timezone.localdate()
    what = reason_checked(what, _("Say what the organisation has to mend."))
    if not today + GRACE_AT_LEAST <= until <= today + GRACE_AT_MOST:
        raise ApplicationError(_("Choose a day between tomorrow and a year from now."))
    standing_move(organisation, "warn", actor=actor, reason=what, until=until.isoformat())
    grace = Grace.objects.create(organisation=organisation, what=what, until=until)
    notifications.mail_standing_grace(coordinators_of(organisation), path=reverse("standing"))
    return grace


@transaction.atomic
def organisation_lapse(*, review: Review) -> Grace:
    """Put an organisation into grace because its yearly review is overdue: the portal does it itself."""
    organisation = review.organisation
    until = review.due_on + REVIEW_GRACE
    standing_move(
        organisation, "lapse", actor=None, reason=str(_("The yearly review is overdue.")), until=until.isoformat()
    )
    grace = Grace.objects.create(organisation=organisation, review=review, until=until)
    notifications.mail_standing_grace(coordinators_of(organisation), path=reverse("standing"))
    return grace


@transaction.atomic
def organisation_restore(*, actor: Person, organisation: Organisation, reason: str, today: date | None = None) -> None:
    """Make an organisation active again. A review that is open gets new time, so that it does not lapse at once."""
    reason = reason_checked(reason, _("Say why the organisation is made active again."))
    standing_move(organisation, "restore", actor=actor, reason=reason)
    grace_end(organisation)
    again = (today or timezone.localdate()) + REVIEW_AGAIN
    Review.objects.filter(organisation=organisation, done_at=None).update(due_on=Greatest("due_on", again))
    notifications.mail_standing_active(coordinators_of(organisation), path=reverse("standing"))


@transaction.atomic
def organisation_renew(*, organisation: Organisation) -> None:
    """Make an organisation active again because what was overdue is done: the portal does it itself."""
    standing_move(organisation, "renew", actor=None, reason=str(_("The yearly review is done.")))
    grace_end(organisation)
    notifications.mail_standing_active(coordinators_of(organisation), path=reverse("standing"))


@transaction.atomic
def organisation_suspend(*, actor: Person, organisation: Organisation, reason: str) -> None:
    """Keep an organisation's people out from this moment; every session of theirs ends. What they sent stays."""
    secretariat_refuse(organisation, _("The secretariat itself cannot be suspended."))
    reason = reason_checked(reason, _("Say why the organisation is suspended."))
    coordinators = coordinators_of(organisation)
    standing_move(organisation, "suspend", actor=actor, reason=reason)
    grace_end(organisation)
    sessions_end_of(users=people_ids(organisation), actor=actor)
    notifications.mail_standing_suspended(coordinators, path=reverse("workspace"))


def standing_move(
    organisation: Organisation,
    name: str,
    *,
    actor: Person | None,
    reason: str,
    changes: dict[str, Any] | None = None,
    **payload: Any,
) -> None:
    """Follow a transition of the table with its line in the organisation's history. Public pages are made anew."""
    before = organisation.status
    ORGANISATION.move(
        organisation,
        name,
        actor=actor,
        category=Category.ACCESS,
        justification=reason,
        changes=changes,
        **payload,
    )
    FieldChange.objects.create(
        organisation=organisation,
        field="status",
        before=str(before),
        after=str(organisation.status),
        changed_by_id=actor.pk if actor else None,
        reason=reason,
    )
    organisation.is_active = organisation.status in (OrganisationStatus.ACTIVE, OrganisationStatus.GRACE)
    public_facts_changed()


def reason_checked(text: str, missing: object) -> str:
    """The reason as it is kept, without card numbers. Raises `ApplicationError` when none is given, or a long one."""
    reason = truncate_pans(" ".join(text.split()))[0]
    if not reason:
        raise ApplicationError(missing)
    if len(reason) > LONGEST_REASON:
        raise ApplicationError(_("Keep it within %(most)s characters."), most=LONGEST_REASON)
    return reason


def secretariat_refuse(organisation: Organisation, sentence: object) -> None:
    """Raise `ApplicationError` for the secretariat: without it nobody could undo anything."""
    if organisation.kind == OrganisationKind.SECRETARIAT:
        raise ApplicationError(sentence)


def coordinators_of(organisation: Organisation) -> list[User]:
    """Who looks after an organisation; also while it is suspended, when nobody of it may do anything."""
    roles = roles_with(organisation.kind, [Permission.ORGANISATION_MANAGE])
    members = Membership.objects.filter(
        organisation=organisation, ended_at=None, user__is_active=True, roles__overlap=[str(role) for role in roles]
    )
    return [membership.user for membership in members.select_related("user").order_by("user__email")]


def people_ids(organisation: Organisation) -> list[Any]:
    """The ids of an organisation's present people."""
    return list(organisation.memberships.filter(ended_at=None).values_list("user_id", flat=True))


def managers() -> list[User]:
    return people_who_may(Permission.MEMBERS_MANAGE)


def grace_end(organisation: Organisation) -> None:
    Grace.objects.filter(organisation=organisation, ended_at=None).update(ended_at=timezone.now())
