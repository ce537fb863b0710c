"""Letters of this noun. A link's token is made when its letter is sent, and stands nowhere else."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from efc_portal.core.tokens import token_issue
from efc_portal.notifications.letters import Letter, letter_send
from efc_portal.partners.enums import FactorResetStatus, InvitationStatus
from efc_portal.partners.models import FactorReset, Invitation
from efc_portal.partners.people.invitations import PURPOSE
from efc_portal.partners.people.resets import ASKED_FOR, PURPOSES, factor_reset_do
from efc_portal.workflow.services import step

PATIENCE = 60  # tries: a mail server may be down for hours


@step("invitation.send", patience=PATIENCE)
def invitation_send(pk: UUID) -> None:
    """Sent again after a crash, it carries a new link; the one that came first then opens nothing."""
    invitation = Invitation.objects.select_related("organisation").filter(pk=pk).first()
    now = timezone.now()
    if invitation is None or invitation.status != InvitationStatus.OPEN or invitation.expires_at <= now:
        return
    token = token_issue(purpose=PURPOSE, subject_id=invitation.pk, lifetime=invitation.expires_at - now)
    letter_send(
        Letter(
            to=invitation.email,
            language=invitation.language,
            template="partners/people/mail/invitation",
            path=reverse("invitation_accept", args=[token]),
            values={"invitation": invitation},
        )
    )
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=now)


@step("factor_reset.do")
def reset_do(pk: UUID) -> None:
    factor_reset_do(pk=pk)


@step("factor_reset.tell_asked", patience=PATIENCE)
def tell_asked(pk: UUID) -> None:
    _tell(pk, "factor_reset_asked", FactorResetStatus.ASKED)


@step("factor_reset.tell_approved", patience=PATIENCE)
def tell_approved(pk: UUID) -> None:
    _tell(pk, "factor_reset_approved", FactorResetStatus.WAITING)


@step("factor_reset.tell_done", patience=PATIENCE)
def tell_done(pk: UUID) -> None:
    reset = FactorReset.objects.select_related("user").get(pk=pk)
    _letter(reset, "factor_reset_done", reverse("account_login"))


def _tell(pk: UUID, template: str, stage: FactorResetStatus) -> None:
    """With a link that stops it. Nothing is sent once it has ended."""
    reset = FactorReset.objects.select_related("user").get(pk=pk)
    if not reset.is_open:
        return
    wait = timedelta(hours=settings.FACTOR_RESET_WAIT_HOURS)
    token = token_issue(purpose=PURPOSES[stage], subject_id=reset.pk, lifetime=ASKED_FOR + wait)
    _letter(reset, template, reverse("factor_reset_stop", args=[token]))


def _letter(reset: FactorReset, template: str, path: str) -> None:
    user = reset.user
    if not user.is_active:
        return
    values = {"reset": reset, "hours": settings.FACTOR_RESET_WAIT_HOURS}
    folder = "partners/people/mail"
    letter_send(
        Letter(to=user.email, language=user.language, template=f"{folder}/{template}", path=path, values=values)
    )
