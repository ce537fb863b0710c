"""From a case to an approved referral. Whoever drafts never approves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.selectors import timeline
from efc_portal.audit.services import audit_record
from efc_portal.cases.enums import CaseStatus
from efc_portal.cases.models import Case
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.core.permissions import Permission
from efc_portal.core.services import data_key_create, reference_next
from efc_portal.notifications import services as notifications
from efc_portal.partners.models import Agency
from efc_portal.partners.selectors import people_who_may
from efc_portal.referrals.content import ReferralText, sealed_text, text_of
from efc_portal.referrals.enums import ReferralStatus
from efc_portal.referrals.models import Referral
from efc_portal.referrals.routing import routing_proposals
from efc_portal.referrals.transitions import REFERRAL
from efc_portal.submissions.documents import without_pans
from efc_portal.submissions.enums import HandlingCode
from efc_portal.submissions.models import Submission
from efc_portal.workflow.services import work_enqueue

WRITING = ("referral.draft", "referral.revise")


def _checked(
    *, case: Case, agency: Agency, submissions: Iterable[Submission], text: ReferralText
) -> tuple[list[Submission], ReferralText]:
    """What may be referred: submissions of this case, an agency that can receive them, permissions where needed."""
    chosen = list(submissions)
    if not chosen:
        raise ApplicationError(_("Choose at least one submission of the case."))
    inside = Submission.objects.filter(case_entry__case=case, pk__in=[one.pk for one in chosen]).count()
    if inside != len(chosen):
        raise ApplicationError(_("A chosen submission is not in this case. Reload the page and choose again."))
    proposal = next((one for one in routing_proposals(chosen) if one.agency == agency), None)
    if proposal is None or proposal.obstacle:
        obstacle = proposal.obstacle if proposal else _("It is not active.")
        raise ApplicationError(_("This agency cannot receive the referral. %(why)s"), why=obstacle)
    if any(HandlingCode.H2 in one.handling_codes for one in chosen) and not text.permission.strip():
        raise ApplicationError(
            _(
                "A chosen submission carries H2: no dissemination without the provider’s permission. "
                "Note who gave it and when, or leave the submission out."
            )
        )
    return chosen, ReferralText(**without_pans(vars(text))[0])


@transaction.atomic
def referral_draft(
    *, case: Case, agency: Agency, submissions: Iterable[Submission], text: ReferralText, actor: User
) -> Referral:
    """Draft a referral of chosen submissions of an open case to one agency."""
    if not Case.objects.select_for_update().filter(pk=case.pk, status=CaseStatus.OPEN).exists():
        raise Conflict(_("The case is closed. Reopen it before you refer it."))
    chosen, text = _checked(case=case, agency=agency, submissions=submissions, text=text)
    referral = Referral(case=case, agency=agency, drafted_by=actor, data_key=data_key_create(purpose="referral"))
    referral.content = sealed_text(referral, text)
    referral.reference = reference_next("R")
    referral.save(force_insert=True)
    referral.submissions.set(chosen)
    references = [one.reference for one in chosen]
    audit_record(
        action="referral.draft", category=Category.COMBINATION, actor=actor, obj=referral, references=references
    )
    audit_record(
        action="case.refer", category=Category.ALTERATION, actor=actor, obj=case, references=[referral.reference]
    )
    return referral


@transaction.atomic
def referral_revise(
    *, referral: Referral, agency: Agency, submissions: Iterable[Submission], text: ReferralText, actor: User
) -> None:
    """Change a draft. The draft's author stays who began it."""
    chosen, text = _checked(case=referral.case, agency=agency, submissions=submissions, text=text)
    current = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if current.status != ReferralStatus.DRAFT:
        raise Conflict(_("This referral is no longer a draft, so its text cannot be changed."))
    current.agency = agency
    current.content = sealed_text(referral, replace(text, return_note=text_of(referral).return_note))
    current.save(update_fields=["agency", "content"])
    current.submissions.set(chosen)
    audit_record(
        action="referral.revise",
        category=Category.ALTERATION,
        actor=actor,
        obj=referral,
        references=[one.reference for one in chosen],
    )


@transaction.atomic
def referral_propose(*, referral: Referral, actor: User) -> None:
    """Hand a draft to the managers for approval."""
    REFERRAL.move(referral, "propose", actor=actor)
    notifications.mail_referral_waits_for_approval(
        [person for person in people_who_may(Permission.REFERRAL_APPROVE) if person.pk != referral.drafted_by_id],
        reference=referral.reference,
        path=reverse("referrals:detail", args=[referral.pk]),
    )


@transaction.atomic
def referral_return(*, referral: Referral, note: str, actor: User) -> None:
    """Give a referral back to its author with what to mend."""
    if not note.strip():
        raise ApplicationError(_("Say what has to be mended."))
    text = replace(text_of(referral), return_note=without_pans(note.strip())[0])
    REFERRAL.move(referral, "return", actor=actor, changes={"content": sealed_text(referral, text)})


@transaction.atomic
def referral_approve(*, referral: Referral, actor: User) -> None:
    """Approve a referral that somebody else drafted; the workflow packages and delivers it.

    Whoever changed the draft wrote it, too: the record knows them all.
    """
    if actor.pk in {referral.drafted_by_id, *(event.actor_id for event in timeline(referral, actions=WRITING))}:
        raise NotPermitted(_("You drafted this referral, so somebody else must approve it."))
    agency = Agency.objects.select_related("organisation").get(pk=referral.agency_id)
    if not agency.is_ready or not agency.organisation.is_active:
        raise ApplicationError(_("The agency has no confirmed key, or is not active any more. Give the referral back."))
    REFERRAL.move(
        referral,
        "approve",
        actor=actor,
        category=Category.DISCLOSURE,
        recipient=agency.organisation.name,
        justification=text_of(referral).routing_reason,
        changes={"approved_by_id": actor.pk, "approved_at": timezone.now()},
    )
    work_enqueue("referral.package", referral.pk)


@transaction.atomic
def referral_withdraw(*, referral: Referral, justification: str, actor: User) -> None:
    """Give a referral up before it was approved, or when its agency cannot receive it any more."""
    if not justification.strip():
        raise ApplicationError(_("Say in a sentence why the referral is withdrawn."))
    if referral.status not in (ReferralStatus.DRAFT, ReferralStatus.REVIEW) and referral.agency.organisation.is_active:
        raise Conflict(_("The referral is approved and on its way, so it cannot be withdrawn any more."))
    REFERRAL.move(referral, "withdraw", actor=actor, justification=justification.strip())
