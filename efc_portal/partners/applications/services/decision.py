"""The decision of the secretariat, what follows from it, and the end of what was written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.addresses import domain_of
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.core.permissions import Permission
from efc_portal.core.services import data_key_destroy
from efc_portal.core.tokens import tokens_revoke
from efc_portal.partners.applications.enums import CLOSED_UNADMITTED, DeclineReason, Obliged
from efc_portal.partners.applications.enums import ApplicationStatus as S
from efc_portal.partners.applications.services import memorandum
from efc_portal.partners.applications.services.drafts import LINK
from efc_portal.partners.applications.services.rules import checklist_complete, held, words
from efc_portal.partners.applications.services.voting import vote_result
from efc_portal.partners.applications.transitions import APPLICATION
from efc_portal.partners.enums import ContactKind, OrganisationKind, Role, Sector
from efc_portal.partners.models import Application, Organisation
from efc_portal.partners.people.services import invitation_create
from efc_portal.partners.register.services import contact_add
from efc_portal.partners.rules import permitted
from efc_portal.partners.services import agency_create, organisation_create
from efc_portal.workflow.services import work_enqueue
from efc_portal.workflow.transitions import Person


@transaction.atomic
def application_approve(*, application: Application, reason: str, actor: Person) -> None:
    """Record that the committee's vote carried. The signatory is then asked to accept the memorandum."""
    permitted(actor, Permission.MEMBERS_MANAGE)
    open_one = held(application, S.VOTING)
    result = vote_result(open_one)
    if not result.is_over:
        raise ApplicationError(_("The vote is not over: wait until everybody has voted, or for the deadline."))
    if not result.carried:
        raise ApplicationError(_("The vote did not carry. The application can only be declined."))
    _approved(application, open_one, "approve", reason=reason, actor=actor)


@transaction.atomic
def application_admit(*, application: Application, reason: str, actor: Person) -> None:
    """Admit a law enforcement agency without a vote, as another manager than the one who began the vetting."""
    permitted(actor, Permission.MEMBERS_MANAGE)
    open_one = held(application, S.VETTING, S.CONSULTATION)
    if open_one.sector != Sector.LAW_ENFORCEMENT:
        raise ApplicationError(_("The secretariat admits law enforcement agencies alone. Others need a vote."))
    if open_one.begun_by_id == actor.pk:
        raise NotPermitted(_("You began the vetting, so another manager admits the agency. Ask a colleague."))
    checklist_complete(open_one)
    _approved(application, open_one, "admit", reason=reason, actor=actor)


def _approved(application: Application, open_one: Application, name: str, *, reason: str, actor: Person) -> None:
    kept = words(reason, longest=2000)[0]
    APPLICATION.move(application, name, actor=actor, changes={"decision_sealed": open_one.seal(kept, "decision")})
    memorandum.ask(application=open_one, actor=actor)
    work_enqueue("application.decided", application.pk)


@transaction.atomic
def application_decline(*, application: Application, reasons: Iterable[str], text: str, actor: Person) -> None:
    """Decline with reasons, which the applicant reads: codes, and words.

    Raises `ApplicationError` while the committee votes, and when its vote carried.
    """
    permitted(actor, Permission.MEMBERS_MANAGE)
    open_one = held(application, S.RECEIVED, S.VETTING, S.CONSULTATION, S.VOTING)
    if open_one.status == S.VOTING:
        result = vote_result(open_one)
        if not result.is_over:
            raise ApplicationError(_("The committee is voting. Wait until everybody has voted, or for the deadline."))
        if result.carried:
            raise ApplicationError(_("The committee voted for the applicant. Record the approval."))
    codes = [reason.value for reason in DeclineReason if reason in set(reasons)]
    if not codes:
        raise ApplicationError(_("Choose at least one reason."))
    kept = words(text, missing=_("Give the reasons in words. The applicant reads them."), longest=2000)[0]
    APPLICATION.move(
        application,
        "decline",
        actor=actor,
        changes={"decline_reasons": codes, "decision_sealed": open_one.seal(kept, "decision")},
        codes=codes,
    )
    work_enqueue("application.decided", application.pk)


@transaction.atomic
def application_activate(
    *, application: Application, actor: Person, countries: Iterable[str] = (), matters: Iterable[str] = ()
) -> Organisation:
    """Make a member of an approved applicant whose acceptance of the memorandum is countersigned.

    Creates the organisation with its domain, contacts and public listing, and invites the contact to coordinate it.
    `countries` and `matters` are what a law enforcement agency is competent for.
    """
    permitted(actor, Permission.MEMBERS_MANAGE)
    open_one = held(application, S.APPROVED)
    if not memorandum.is_countersigned(application=open_one):
        raise ApplicationError(_("The memorandum is not countersigned yet. Activate the member afterwards."))
    answers = open_one.answers
    given: dict[str, Any] = {
        "name": open_one.name,
        "sector": open_one.sector,
        "country": open_one.country,
        "website": open_one.website,
        "domains": sorted({open_one.domain, domain_of(answers["email"])}),
        "register_number": open_one.register_number,
        "lei": open_one.lei,
        "is_obliged": {Obliged.YES: True, Obliged.NO: False}.get(answers["is_obliged"]),
        "lawful_basis": answers["lawful_basis"],
    }
    if open_one.sector == Sector.LAW_ENFORCEMENT:
        organisation = agency_create(actor=actor, countries=countries, matters=matters, **given).organisation
    else:
        organisation = organisation_create(actor=actor, kind=OrganisationKind.PARTNER, **given)
    for kind, name, email, phone in (
        (ContactKind.MAIN, answers["contact_name"], answers["email"], answers["contact_phone"]),
        (ContactKind.DATA_PROTECTION, answers["privacy_name"], answers["privacy_email"], ""),
        (ContactKind.SIGNATORY, answers["signatory_name"], answers["signatory_email"], ""),
    ):
        contact_add(actor=actor, organisation=organisation, kind=kind, name=name, email=email, phone=phone)
    APPLICATION.move(application, "activate", actor=actor, changes={"organisation_id": organisation.pk})
    memorandum.assign(application=open_one, organisation=organisation, actor=actor)
    coordinator_invite(application=open_one, organisation=organisation, actor=actor)
    return organisation


def coordinator_invite(*, application: Application, organisation: Organisation, actor: Person) -> None:
    """Invite the contact of an application to look after the new member."""
    answers = application.answers
    is_agency = organisation.kind == OrganisationKind.LAW_ENFORCEMENT
    roles = [Role.LIAISON if is_agency else Role.COORDINATOR]
    if answers["signatory_email"] == answers["email"]:
        roles.append(Role.SIGNATORY)
    invitation_create(
        actor=actor,
        organisation=organisation,
        email=answers["email"],
        name=answers["contact_name"],
        roles=roles,
        language=application.language,
        is_somebody_else=True,
    )


@transaction.atomic
def application_erase(*, application: Application, actor: Person | None = None) -> None:
    """Destroy what was written about an application that led to nothing. Codes of reasons and dates stay.

    `actor=None`: its time is over.
    """
    closed = held(application, *CLOSED_UNADMITTED)
    for rows in (closed.messages, closed.checks, closed.comments, closed.ballots):
        rows.all().delete()
    now = timezone.now()
    if not Application.objects.filter(pk=closed.pk, erased_at=None).update(
        sealed=b"", decision_sealed=b"", erased_at=now
    ):
        raise Conflict(_("This application was erased already."))
    tokens_revoke(purpose=LINK, subject_id=closed.pk)
    memorandum.forget(application=closed)
    data_key_destroy(data_key=closed.data_key)
    audit_record(action="application.erase", category=Category.ERASURE, actor=actor, obj=closed)
