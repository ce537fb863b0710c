"""A lost second factor: asked for by one, approved by another, done after a wait in which the person can stop it.

The person is told at each stage by mail. Neither a new password nor anything else makes the wait shorter.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.accounts.services import sessions_end
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.core.pan import truncate_pans
from efc_portal.core.permissions import Permission as P
from efc_portal.core.tokens import TokenRefused, token_read, token_use
from efc_portal.notifications.services import mail_factor_reset_stopped, mail_factor_reset_waits
from efc_portal.partners.enums import FactorResetStatus
from efc_portal.partners.models import FactorReset, Membership
from efc_portal.partners.people.rules import manager_check, not_oneself
from efc_portal.partners.people.transitions import FACTOR_RESET
from efc_portal.partners.selectors import people_who_may
from efc_portal.workflow.services import work_enqueue
from efc_portal.workflow.transitions import Person

# One kind of link for each letter that offers to stop it: the later letter does not make the earlier one void.
PURPOSES = {FactorResetStatus.ASKED: "factor_reset.asked", FactorResetStatus.WAITING: "factor_reset.waiting"}
ASKED_FOR = timedelta(days=7)  # how long a wish waits for a second person
_OWN = _("You cannot do this for yourself. Ask a colleague who manages your organisation’s people, or the secretariat.")


@transaction.atomic
def factor_reset_ask(*, actor: Person, membership: Membership, reason: str) -> FactorReset:
    """Ask that all second factors of a person are taken off, who lost them and said so to the actor.

    Raises `NotPermitted` for oneself and for other organisations' people, `ApplicationError` when there is nothing to
    take off, and `Conflict` when it was asked for already.
    """
    manager_check(actor, membership.organisation_id)
    not_oneself(actor, membership.user_id, _OWN)
    user = membership.user
    if membership.ended_at or not user.is_active:
        raise ApplicationError(_("%(name)s cannot sign in at present. Lift the suspension first."), name=user)
    if not Authenticator.objects.filter(user=user).exists():
        raise ApplicationError(
            _("%(name)s has no second factor. They set one up when they sign in the next time."), name=user
        )
    try:
        with transaction.atomic():
            reset = FactorReset.objects.create(
                user=user,
                organisation_id=membership.organisation_id,
                reason=truncate_pans(reason.strip())[0],
                asked_by_id=actor.pk,
            )
    except IntegrityError as error:
        raise Conflict(_("A reset for this person was asked for already. Reload the page.")) from error
    audit_record(
        action="factor_reset.ask", category=Category.ACCESS, actor=actor, obj=reset, justification=reset.reason
    )
    work_enqueue("factor_reset.tell_asked", reset.pk)
    mail_factor_reset_waits(_others(reset), path=reverse("factor_reset", args=[reset.pk]))
    return reset


@transaction.atomic
def factor_reset_approve(*, actor: Person, reset: FactorReset) -> None:
    """Say, as a second person, that it is right. It is done when the wait is over, unless the person stops it."""
    _check(actor, reset)
    if actor.pk == reset.asked_by_id:
        raise NotPermitted(_("You asked for this reset, so somebody else approves it."))
    wait = timedelta(hours=settings.FACTOR_RESET_WAIT_HOURS)
    FACTOR_RESET.move(
        reset,
        "approve",
        actor=actor,
        category=Category.ACCESS,
        changes={"approved_by_id": actor.pk, "due_at": timezone.now() + wait},
    )
    work_enqueue("factor_reset.tell_approved", reset.pk)
    work_enqueue("factor_reset.do", reset.pk, delay=wait)


@transaction.atomic
def factor_reset_refuse(*, actor: Person, reset: FactorReset) -> None:
    _check(actor, reset)
    FACTOR_RESET.move(reset, "refuse", actor=actor, category=Category.ACCESS)


@transaction.atomic
def factor_reset_cancel(*, actor: Person, reset: FactorReset) -> None:
    """End it before it is done, also after it was approved."""
    _check(actor, reset)
    FACTOR_RESET.move(reset, "cancel", actor=actor, category=Category.ACCESS)


@transaction.atomic
def factor_reset_stop(*, reset: FactorReset, channel: str) -> None:
    """The person says that it was not them; `channel` is how: `link` of a letter, or their `account`."""
    FACTOR_RESET.move(reset, "stop", actor=None, category=Category.ACCESS, channel=channel)
    concerned = [one for one in (reset.asked_by, reset.approved_by) if one]
    mail_factor_reset_stopped(concerned, path=reverse("factor_reset", args=[reset.pk]))


@transaction.atomic
def factor_reset_stop_by_link(*, token: str) -> FactorReset:
    """Stop it by the link of a letter, which works once. Raises `TokenRefused`, or `ApplicationError` when it ended."""
    reset = factor_reset_read(token)
    for purpose in PURPOSES.values():
        try:
            token_use(token, purpose=purpose)
        except TokenRefused as refused:
            if refused.reason != "unknown":
                raise
    factor_reset_stop(reset=reset, channel="link")
    return reset


def factor_reset_read(token: str) -> FactorReset:
    """The reset that a link can stop. Raises `TokenRefused`, or `ApplicationError` when there is nothing to stop."""
    reset = FactorReset.objects.select_related("user", "organisation", "asked_by", "approved_by").get(
        pk=_subject(token)
    )
    if reset.status == FactorResetStatus.DONE:
        raise ApplicationError(
            _(
                "Your second factors were taken off already. If you did not ask for that, tell the person who manages "
                "your organisation’s people, or the secretariat, at once."
            )
        )
    if not reset.is_open:
        raise ApplicationError(_("This reset has ended, and nothing was taken off. There is nothing to stop."))
    return reset


def _subject(token: str) -> UUID:
    *earlier, last = PURPOSES.values()
    for purpose in earlier:
        try:
            return token_read(token, purpose=purpose).subject_id
        except TokenRefused as refused:
            if refused.reason != "unknown":
                raise
    return token_read(token, purpose=last).subject_id


@transaction.atomic
def factor_reset_do(*, pk: UUID) -> None:
    """Take a person's second factors off when the wait is over, and end their sessions. May be asked for at any time.

    Before its time it asks for itself again. A person who left or was suspended meanwhile keeps them.
    """
    reset = FactorReset.objects.select_for_update(of=("self",)).select_related("user").filter(pk=pk).first()
    if reset is None or reset.status != FactorResetStatus.WAITING or reset.due_at is None:
        return
    if (left := reset.due_at - timezone.now()) > timedelta():
        work_enqueue("factor_reset.do", reset.pk, delay=left)
        return
    place = Membership.objects.filter(user=reset.user, organisation_id=reset.organisation_id, ended_at=None)
    if not reset.user.is_active or not place.exists():
        FACTOR_RESET.move(reset, "lapse", actor=None, category=Category.ACCESS)
        return
    removed = Authenticator.objects.filter(user=reset.user).delete()[0]
    FACTOR_RESET.move(reset, "do", actor=None, category=Category.ACCESS, count=removed)
    sessions_end(user=reset.user, actor=None)
    work_enqueue("factor_reset.tell_done", reset.pk)


@transaction.atomic
def factor_reset_lapse(*, reset: FactorReset) -> None:
    """End a wish that nobody approved in time."""
    FACTOR_RESET.move(reset, "lapse", actor=None, category=Category.ACCESS)


def _check(actor: Person, reset: FactorReset) -> None:
    manager_check(actor, reset.organisation_id)
    not_oneself(actor, reset.user_id, _OWN)


def _others(reset: FactorReset) -> list[User]:
    """Who may approve: colleagues who manage the organisation's people, or where there is none, the secretariat."""
    own = people_who_may(P.PEOPLE_MANAGE, organisation_id=reset.organisation_id)
    found = [one for one in own if one.pk not in (reset.asked_by_id, reset.user_id)]
    if found:
        return found
    members = people_who_may(P.MEMBERS_MANAGE)
    return [one for one in members if one.pk not in (reset.asked_by_id, reset.user_id)]
