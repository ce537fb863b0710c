"""Letters to applicants, written and sent by the workflow.

A letter says that something is there, and carries a link that works once. The link is made when the letter is sent
and stands nowhere else: neither in the outbox nor in a log.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from efc_portal.core.tokens import token_issue
from efc_portal.notifications.letters import Letter, letter_send
from efc_portal.partners.applications.services.drafts import LINK
from efc_portal.partners.models import Application
from efc_portal.workflow.services import step

PATIENCE = 20  # tries
ASKED_FOR = timedelta(hours=24)
UNASKED = timedelta(days=14)


@step("application.link", patience=PATIENCE)
def link(pk: UUID) -> None:
    """The link that the applicant has asked for."""
    _send(pk, "link", ASKED_FOR)


@step("application.received", patience=PATIENCE)
def received(pk: UUID) -> None:
    _send(pk, "received", UNASKED)


@step("application.question", patience=PATIENCE)
def question(pk: UUID) -> None:
    _send(pk, "question", UNASKED)


@step("application.decided", patience=PATIENCE)
def decided(pk: UUID) -> None:
    _send(pk, "decided", UNASKED)


def _send(pk: UUID, name: str, lifetime: timedelta) -> None:
    application = Application.objects.filter(pk=pk, erased_at=None).select_related("data_key").first()
    if application is None:  # deleted or erased meanwhile
        return
    token = token_issue(purpose=LINK, subject_id=pk, lifetime=lifetime)
    letter_send(
        Letter(
            to=application.email,
            language=application.language,
            template=f"partners/applications/mail/{name}",
            path=reverse("application_open", args=[token]),
            values={"reference": application.reference or "", "hours": ASKED_FOR // timedelta(hours=1)},
        )
    )
