"""Before anybody decides: the checklist, questions to the applicant, a sponsor, comments of the members."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.core.permissions import Permission
from efc_portal.notifications import services as notifications
from efc_portal.partners.applications.checklist import items_for
from efc_portal.partners.applications.enums import OPEN, SPONSORED_IN, CheckState, SponsorStatus, Stance
from efc_portal.partners.applications.enums import ApplicationStatus as S
from efc_portal.partners.applications.selectors import candidates_for, sponsors_possible
from efc_portal.partners.applications.services.rules import checklist_complete, held, words
from efc_portal.partners.applications.transitions import APPLICATION
from efc_portal.partners.models import (
    Application,
    ApplicationCheck,
    ApplicationComment,
    ApplicationMessage,
    Organisation,
)
from efc_portal.partners.permissions import access_of
from efc_portal.partners.rules import permitted
from efc_portal.partners.selectors import people_who_may
from efc_portal.workflow.services import work_enqueue
from efc_portal.workflow.transitions import Person

CHECKED_IN = (S.RECEIVED, S.VETTING, S.CONSULTATION)
LONGEST_PERIOD = timedelta(days=120)


@transaction.atomic
def vetting_begin(*, application: Application, actor: Person) -> None:
    """Take an application up. Who did may not be the one who admits an agency."""
    APPLICATION.move(application, "begin", actor=actor, changes={"begun_by_id": actor.pk})


@transaction.atomic
def check_set(*, application: Application, item: str, state: str, evidence: str, actor: Person) -> ApplicationCheck:
    """Say what was found about an item of the checklist. Anything but open needs the evidence for it."""
    permitted(actor, Permission.MEMBERS_MANAGE)
    open_one = held(application, *CHECKED_IN)
    if item not in {one.code for one in items_for(open_one.sector)} or state not in CheckState.values:
        raise ApplicationError(_("This is no item of the checklist for its sector. Reload the page."))
    missing = "" if state == CheckState.OPEN else _("Write down the evidence: what was looked at, and what it shows.")
    kept, cut = words(evidence, missing=missing)
    check, _made = ApplicationCheck.objects.update_or_create(
        application=open_one,
        item=item,
        defaults={
            "state": state,
            "sealed": open_one.seal(kept, f"check:{item}"),
            "checked_at": timezone.now(),
            "checked_by_id": actor.pk,
        },
    )
    audit_record(
        action="application.check",
        category=Category.ALTERATION,
        actor=actor,
        obj=open_one,
        code=item,
        to=state,
        truncated=cut,
    )
    return check


@transaction.atomic
def question_ask(*, application: Application, text: str, actor: Person) -> ApplicationMessage:
    """Ask the applicant something. A letter says that there is a question, never what it is."""
    permitted(actor, Permission.MEMBERS_MANAGE)
    open_one = held(application, *OPEN)
    kept, cut = words(text, missing=_("Write the question first."))
    message = ApplicationMessage(application=open_one, from_secretariat=True, author_id=actor.pk)
    message.sealed = open_one.seal(kept, f"message:{message.pk}")
    message.save(force_insert=True)
    audit_record(action="application.ask", category=Category.ALTERATION, actor=actor, obj=open_one, truncated=cut)
    work_enqueue("application.question", open_one.pk)
    return message


@transaction.atomic
def sponsor_ask(*, application: Application, organisation: Organisation, actor: Person) -> None:
    """Ask an active member to be the sponsor; its coordinators answer. An earlier one that was asked no longer is."""
    permitted(actor, Permission.MEMBERS_MANAGE)
    open_one = held(application, *SPONSORED_IN)
    if not sponsors_possible(open_one).filter(pk=organisation.pk).exists():
        raise ApplicationError(_("Only an active member can be the sponsor. Choose another one."))
    _sponsor_set(application, open_one, organisation, SponsorStatus.ASKED)
    audit_record(
        action="application.sponsor_ask",
        category=Category.DISCLOSURE,
        actor=actor,
        obj=open_one,
        recipient=organisation.name,
    )
    notifications.mail_sponsor_asked(
        people_who_may(Permission.ORGANISATION_MANAGE, organisation_id=organisation.pk),
        reference=str(open_one.reference),
        path=reverse("candidate_sponsor", args=[open_one.pk]),
    )


@transaction.atomic
def sponsor_answer(*, application: Application, confirms: bool, actor: Person) -> None:
    """Confirm or decline to be the sponsor, as a coordinator of the organisation that is asked."""
    permitted(actor, Permission.ORGANISATION_MANAGE)
    open_one = held(application, *SPONSORED_IN)
    organisation = access_of(actor).organisation
    if organisation is None or open_one.sponsor_id != organisation.pk:
        raise NotPermitted(_("Another organisation is asked to be the sponsor."))
    if open_one.sponsor_status != SponsorStatus.ASKED:
        raise Conflict(_("Somebody of your organisation has answered already."))
    _sponsor_set(application, open_one, organisation, SponsorStatus.CONFIRMED if confirms else SponsorStatus.DECLINED)
    if confirms:
        audit_record(action="application.sponsor_confirm", category=Category.ALTERATION, actor=actor, obj=open_one)
    else:
        audit_record(action="application.sponsor_decline", category=Category.ALTERATION, actor=actor, obj=open_one)
    notifications.mail_sponsor_answered(
        people_who_may(Permission.MEMBERS_MANAGE),
        reference=str(open_one.reference),
        path=reverse("application_detail", args=[open_one.pk]),
    )


def _sponsor_set(
    application: Application, open_one: Application, organisation: Organisation, status: SponsorStatus
) -> None:
    for one in (open_one, application):
        one.sponsor, one.sponsor_status, one.sponsor_at = organisation, status, timezone.now()
    open_one.save(update_fields=["sponsor", "sponsor_status", "sponsor_at"])


@transaction.atomic
def comments_open(*, application: Application, until: datetime, actor: Person) -> None:
    """Ask the members for comments until a moment. Raises `ApplicationError` while the checklist is not complete."""
    permitted(actor, Permission.MEMBERS_MANAGE)
    open_one = held(application, S.VETTING)
    in_time(until)
    checklist_complete(open_one)
    APPLICATION.move(application, "consult", actor=actor, changes={"comments_until": until}, until=until.isoformat())
    notifications.mail_candidate_to_comment(
        people_who_may(Permission.APPLICATION_COMMENT),
        reference=str(open_one.reference),
        path=reverse("candidate", args=[open_one.pk]),
    )


@transaction.atomic
def comments_close(*, application: Application, reason: str, actor: Person) -> None:
    """End the comment period before its time, for a reason that is recorded."""
    permitted(actor, Permission.MEMBERS_MANAGE)
    open_one = held(application, S.CONSULTATION)
    now = timezone.now()
    if open_one.comments_until is None or open_one.comments_until <= now:
        raise Conflict(_("The comment period is over already."))
    kept = words(reason, missing=_("Give the reason for ending it early."), longest=500)[0]
    Application.objects.filter(pk=open_one.pk).update(comments_until=now)
    application.comments_until = now
    audit_record(
        action="application.close_comments",
        category=Category.ALTERATION,
        actor=actor,
        obj=open_one,
        justification=kept,
    )


@transaction.atomic
def comment_set(*, application: Application, stance: str, text: str, actor: Person) -> ApplicationComment:
    """Say something about a candidate, or change what one said, as a member, while comments are open."""
    permitted(actor, Permission.APPLICATION_COMMENT)
    open_one = held(application, S.CONSULTATION)
    organisation = access_of(actor).organisation
    if organisation is None or not candidates_for(actor).filter(pk=open_one.pk).exists():
        raise NotPermitted(_("Members comment on candidates. Ask your coordinator."))
    if open_one.comments_until is None or open_one.comments_until <= timezone.now():
        raise Conflict(_("The comment period is over. Write to the secretariat if something new has come up."))
    if stance not in Stance.values:
        raise ApplicationError(_("Say whether you support it, have a concern, or neither."))
    missing = _("Say what your concern is.") if stance == Stance.CONCERN else ""
    kept, cut = words(text, missing=missing, longest=2000)
    comment, _made = ApplicationComment.objects.update_or_create(
        application=open_one,
        author_id=actor.pk,
        defaults={
            "organisation": organisation,
            "stance": stance,
            "sealed": open_one.seal(kept, f"comment:{actor.pk}"),
            "written_at": timezone.now(),
        },
    )
    audit_record(
        action="application.comment",
        category=Category.ALTERATION,
        actor=actor,
        obj=open_one,
        kind=stance,
        truncated=cut,
    )
    return comment


def in_time(until: datetime) -> None:
    now = timezone.now()
    if until <= now:
        raise ApplicationError(_("This day is over. Choose one that is to come."))
    if until > now + LONGEST_PERIOD:
        raise ApplicationError(_("This day is too far away: choose one within four months."))
