"""Leaving the coalition: asked for, decided, and carried out on the day after the last one, or at once."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.permissions import Permission
from efc_portal.notifications import services as notifications
from efc_portal.partners.enums import LeaveStatus, OrganisationStatus
from efc_portal.partners.models import LeaveRequest, Organisation
from efc_portal.partners.rules import keeper_check, permitted
from efc_portal.partners.standing.leaving import leaving_settle
from efc_portal.partners.standing.selectors import colleagues_of
from efc_portal.partners.standing.services import (
    coordinators_of,
    grace_end,
    managers,
    reason_checked,
    secretariat_refuse,
    standing_move,
)
from efc_portal.partners.standing.transitions import LEAVE_REQUEST
from efc_portal.workflow.transitions import Person

LATEST = timedelta(days=366)


@transaction.atomic
def leave_ask(
    *,
    actor: User,
    organisation: Organisation,
    reason: str,
    last_day: date,
    hand_over_to: User | None = None,
    today: date | None = None,
) -> LeaveRequest:
    """Ask for an organisation to leave after its last day. A manager decides.

    `hand_over_to` answers for its open submissions until then (None: the secretariat). Raises `ApplicationError` for a
    day in the past or more than a year ahead, and `Conflict` when a request is open already.
    """
    keeper_check(actor, organisation.pk)
    request = _asked(actor, organisation, reason, last_day, hand_over_to, today or timezone.localdate())
    notifications.mail_leave_asked(managers(), path=reverse("leave_request", args=[request.pk]))
    return request


def _asked(
    actor: Person, organisation: Organisation, reason: str, last_day: date, colleague: User | None, today: date
) -> LeaveRequest:
    secretariat_refuse(organisation, _("The secretariat itself cannot leave."))
    if organisation.status == OrganisationStatus.LEFT:
        raise Conflict(_("This organisation has left already."))
    if not today <= last_day <= today + LATEST:
        raise ApplicationError(_("Choose a last day between today and a year from now."))
    if colleague is not None and not colleagues_of(organisation).filter(user=colleague).exists():
        raise ApplicationError(_("Choose a colleague of the organisation who may submit, or the secretariat."))
    request = LeaveRequest(
        organisation=organisation,
        reason=reason_checked(reason, _("Say why the organisation leaves.")),
        last_day=last_day,
        hand_over_to=colleague,
        asked_by_id=actor.pk,
    )
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("That this organisation leaves is asked for already.")) from error
    audit_record(
        action="leave_request.ask",
        category=Category.ACCESS,
        actor=actor,
        obj=request,
        justification=request.reason,
        until=last_day.isoformat(),
    )
    return request


@transaction.atomic
def leave_agree(*, actor: Person, request: LeaveRequest, today: date | None = None) -> None:
    """Agree that an organisation leaves. When its last day is over already, it leaves now."""
    today = today or timezone.localdate()
    LEAVE_REQUEST.move(request, "agree", actor=actor, category=Category.ACCESS, until=request.last_day.isoformat())
    if request.last_day < today:
        leave_carry_out(request=request)
        return
    notifications.mail_leave_decided(coordinators_of(request.organisation), path=reverse("leave"))
    if request.hand_over_to:
        notifications.mail_handed_over([request.hand_over_to], path=reverse("workspace"))


@transaction.atomic
def leave_refuse(*, actor: Person, request: LeaveRequest, reason: str) -> None:
    """Refuse a request, with the reason for the record."""
    reason = reason_checked(reason, _("Say why the organisation does not leave."))
    LEAVE_REQUEST.move(request, "refuse", actor=actor, category=Category.ACCESS, justification=reason)
    notifications.mail_leave_decided(coordinators_of(request.organisation), path=reverse("leave"))


@transaction.atomic
def leave_cancel(*, actor: Person, request: LeaveRequest, reason: str) -> None:
    """Call off, for the secretariat, a leaving that was agreed on."""
    reason = reason_checked(reason, _("Say why the organisation does not leave."))
    LEAVE_REQUEST.move(request, "cancel", actor=actor, category=Category.ACCESS, justification=reason)
    notifications.mail_leave_decided(coordinators_of(request.organisation), path=reverse("leave"))


@transaction.atomic
def leave_withdraw(*, actor: Person, request: LeaveRequest) -> None:
    """Take a request back, for the organisation, as long as it has not left."""
    LEAVE_REQUEST.move(request, "withdraw", actor=actor, category=Category.ACCESS)
    notifications.mail_leave_asked(managers(), path=reverse("leave_request", args=[request.pk]))


@transaction.atomic
def organisation_leave(
    *,
    actor: User,
    organisation: Organisation,
    reason: str,
    last_day: date | None = None,
    hand_over_to: User | None = None,
    today: date | None = None,
) -> LeaveRequest | None:
    """Let an organisation leave, by a manager: at once, or after a last day (then the request is given back).

    Raises `ApplicationError` for the secretariat, `Conflict` when it has left already or somebody asked for it.
    """
    secretariat_refuse(organisation, _("The secretariat itself cannot leave."))
    permitted(actor, Permission.MEMBERS_MANAGE)
    today = today or timezone.localdate()
    if last_day is None:
        reason = reason_checked(reason, _("Say why the organisation leaves."))
        _depart(organisation, "leave", actor=actor, reason=reason, left_on=today)
        return None
    request = _asked(actor, organisation, reason, last_day, hand_over_to, today)
    leave_agree(actor=actor, request=request, today=today)
    return request


@transaction.atomic
def leave_carry_out(*, request: LeaveRequest) -> None:
    """What was agreed on happens, by the portal: the last day is over."""
    LEAVE_REQUEST.move(request, "complete", actor=None, category=Category.ACCESS)
    organisation = Organisation.objects.get(pk=request.organisation_id)
    _depart(organisation, "depart", actor=None, reason=request.reason, left_on=request.last_day)


def leaves_carry_out(*, today: date) -> int:
    """Carry out what is agreed on and whose last day is over, each in a transaction of its own; how many left."""
    due = LeaveRequest.objects.filter(status=LeaveStatus.AGREED, last_day__lt=today).select_related("organisation")
    done = 0
    for request in due:
        try:
            leave_carry_out(request=request)
        except Conflict:  # somebody was faster
            continue
        done += 1
    return done


def _depart(organisation: Organisation, name: str, *, actor: Person | None, reason: str, left_on: date) -> None:
    coordinators = coordinators_of(organisation)
    standing_move(
        organisation, name, actor=actor, reason=reason, changes={"left_on": left_on}, until=left_on.isoformat()
    )
    grace_end(organisation)
    for request in LeaveRequest.objects.filter(organisation=organisation, status=LeaveStatus.ASKED):
        LEAVE_REQUEST.move(request, "agree", actor=actor, category=Category.ACCESS)
    for request in LeaveRequest.objects.filter(organisation=organisation, status=LeaveStatus.AGREED):
        LEAVE_REQUEST.move(request, "complete", actor=None, category=Category.ACCESS)
    leaving_settle(organisation, actor)
    notifications.mail_standing_left(coordinators, path=reverse("workspace"))
