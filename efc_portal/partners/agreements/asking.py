"""Asking members for the version in force, and reminding them: each once, whatever is killed or runs twice."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.tokens import tokens_revoke
from efc_portal.notifications import services as notifications
from efc_portal.partners.agreements.enums import AcceptanceStatus, VersionStatus
from efc_portal.partners.agreements.selectors import MEMBER_KINDS, agreement_current, signatories_of
from efc_portal.partners.agreements.services import SIGNING, acceptance_ask
from efc_portal.partners.agreements.transitions import ACCEPTANCE
from efc_portal.partners.models import Acceptance, AgreementVersion, Organisation
from efc_portal.workflow.services import work_enqueue

REMINDERS = (30, 14, 3, 0)  # days before the deadline


@transaction.atomic
def members_ask(version: AgreementVersion) -> int:
    """Ask every member that has not been asked for a version, and those applicants who were asked for an earlier one.

    Gives back how many members. Nobody is asked twice; a version that is no longer in force is asked of nobody.
    """
    if version.status != VersionStatus.PUBLISHED:
        return 0
    _earlier_end(version)
    members = Organisation.objects.filter(is_active=True, kind__in=MEMBER_KINDS).exclude(acceptances__version=version)
    reminded = _stage(version.accept_by)
    rows = [Acceptance(version=version, organisation=one, party=one.name, reminded=reminded) for one in members]
    Acceptance.objects.bulk_create(rows, ignore_conflicts=True)
    made = Acceptance.objects.filter(pk__in=[row.pk for row in rows]).values_list("organisation_id", flat=True)
    asked = [pk for pk in made if pk]
    if asked:
        people = [person for told in signatories_of(asked).values() for person in told]
        notifications.mail_memorandum_waits(people, path=reverse("memorandum"))
        audit_record(action="agreement.ask", category=Category.OPERATION, actor=None, obj=version, count=len(asked))
    return len(asked)


def _earlier_end(version: AgreementVersion) -> None:
    """What is still asked for an earlier version ends; an applicant is asked for this one instead."""
    earlier = Acceptance.objects.select_for_update(of=("self",)).filter(status=AcceptanceStatus.ASKED)
    for one in earlier.filter(version__number__lt=version.number):
        ACCEPTANCE.move(one, "lapse", actor=None, category=Category.OPERATION)
        tokens_revoke(purpose=SIGNING, subject_id=one.pk)
        if one.application_id and not one.organisation_id:
            acceptance_ask(
                application_id=one.application_id,
                party=one.party,
                name=one.signatory_name,
                title=one.signatory_title,
                email=one.signatory_email,
                language=one.language,
                actor=None,
            )


def members_remind() -> int:
    """Send the reminders that are due, each in a transaction of its own; how many members were reminded."""
    version = agreement_current()
    stage = _stage(version.accept_by) if version else None
    if version is None or stage is None:
        return 0
    work_enqueue("agreement.ask", version.pk)  # who became a member since is asked, too
    due = Acceptance.objects.filter(
        Q(reminded=None) | Q(reminded__gt=stage),
        version=version,
        status=AcceptanceStatus.ASKED,
        organisation__is_active=True,
    )
    found = dict(due.values_list("pk", "organisation_id"))
    told = signatories_of(pk for pk in found.values() if pk)
    number = 0
    for pk, organisation_id in found.items():
        with transaction.atomic():
            if due.filter(pk=pk).update(reminded=stage):
                people = told.get(organisation_id, []) if organisation_id else []
                notifications.mail_memorandum_reminder(people, path=reverse("memorandum"))
                number += 1
    return number


def _stage(deadline: date) -> int | None:
    """The reminder that a day has reached: 30 from the thirtieth day before on, 0 from the last day on."""
    left = (deadline - timezone.localdate()).days
    return min((days for days in REMINDERS if left <= days), default=None)


def version_ask(pk: UUID) -> int:
    return members_ask(AgreementVersion.objects.get(pk=pk))
