"""What the agency answers, and what of it travels back to the submitters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.notifications import services as notifications
from efc_portal.partners.selectors import people_who_may
from efc_portal.referrals.content import sealed_text, text_of
from efc_portal.referrals.enums import AgencyDeclineReason, OutcomeCode, ReleaseKind
from efc_portal.referrals.models import Outcome, Referral, Release
from efc_portal.referrals.transitions import REFERRAL
from efc_portal.submissions.documents import without_pans
from efc_portal.workflow.services import work_enqueue


def _tell_secretariat(referral: Referral) -> None:
    notifications.mail_referral_answered(
        people_who_may(Permission.REFERRAL_DRAFT),
        reference=referral.reference,
        path=reverse("referrals:detail", args=[referral.pk]),
    )


@transaction.atomic
def referral_acknowledge(*, referral: Referral, actor: User) -> None:
    REFERRAL.move(referral, "acknowledge", actor=actor)


@transaction.atomic
def referral_accept(*, referral: Referral, note: str, actor: User) -> None:
    text = replace(text_of(referral), answer_note=without_pans(note.strip())[0])
    REFERRAL.move(referral, "accept", actor=actor, changes={"content": sealed_text(referral, text)})
    _tell_secretariat(referral)


@transaction.atomic
def referral_decline(*, referral: Referral, reason: str, note: str, actor: User) -> None:
    if reason not in AgencyDeclineReason.values:
        raise ApplicationError(_("Choose the reason from the list."))
    text = replace(text_of(referral), answer_note=without_pans(note.strip())[0])
    REFERRAL.move(
        referral,
        "decline",
        actor=actor,
        changes={"content": sealed_text(referral, text), "decline_reason": reason},
        reason_code=reason,
    )
    _tell_secretariat(referral)


@transaction.atomic
def referral_conclude(*, referral: Referral, outcomes: Mapping[str, int], note: str, actor: User) -> None:
    """Report what came of it: outcome codes with counts (each ≥ 0; the code of no result stands alone)."""
    if not outcomes:
        raise ApplicationError(_("Report at least one outcome; “closed without a result” is one, too."))
    if unknown := outcomes.keys() - set(OutcomeCode.values):
        raise ApplicationError(_("There is no outcome “%(code)s”."), code=", ".join(sorted(unknown)))
    if OutcomeCode.NO_RESULT in outcomes and len(outcomes) > 1:
        raise ApplicationError(_("“Closed without a result” cannot stand beside another outcome."))
    text = replace(text_of(referral), conclusion=without_pans(note.strip())[0])
    REFERRAL.move(
        referral,
        "conclude",
        actor=actor,
        changes={"content": sealed_text(referral, text)},
        codes=sorted(outcomes),
    )
    Outcome.objects.bulk_create(
        Outcome(referral=referral, code=code, count=count, reported_by=actor) for code, count in outcomes.items()
    )
    _tell_secretariat(referral)


@transaction.atomic
def referral_release(*, referral: Referral, kind: str, release_at: datetime | None, actor: User) -> Release:
    """Decide what the submitters may be told, and from when (now, if no time is given)."""
    now = timezone.now()
    Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)  # two colleagues at once: the second is told
    if Release.objects.filter(referral=referral, kind=kind).exists():
        raise ApplicationError(_("The submitters are already told this, or will be."))
    release = Release.objects.create(
        referral=referral, kind=ReleaseKind(kind), release_at=max(release_at or now, now), released_by=actor
    )
    audit_record(
        action="referral.release",
        category=Category.DISCLOSURE,
        actor=actor,
        obj=referral,
        recipient="submitters",
        code=str(kind),
        release_at=release.release_at.isoformat(),
    )
    work_enqueue("release.tell", release.pk, delay=release.release_at - now)
    return release


def release_tell(*, release: Release) -> None:
    """Tell the people of every submitting organisation that something came back."""
    for submission in release.referral.submissions.all():
        notifications.mail_feedback_released(
            people_who_may(Permission.SUBMISSION_CREATE, organisation_id=submission.organisation_id),
            reference=str(submission),
            path=reverse("submissions:detail", args=[submission.pk]),
        )
