"""Letters of this noun. A link's token is made when its letter is sent, and stands nowhere else."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from efc_portal.core.tokens import token_issue
from efc_portal.notifications.letters import Letter, letter_send
from efc_portal.partners.enums import InvitationStatus
from efc_portal.partners.models import Invitation
from efc_portal.partners.people.invitations import PURPOSE
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
