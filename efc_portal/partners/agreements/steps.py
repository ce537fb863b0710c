"""What the workflow does about the memorandum. Links and codes are made when they are mailed and kept nowhere."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from efc_portal.notifications.letters import Letter, letter_send
from efc_portal.partners.agreements.asking import version_ask
from efc_portal.partners.agreements.enums import AcceptanceStatus
from efc_portal.partners.agreements.signing import CODE_MINUTES, LINK_DAYS, code_issue, link_issue
from efc_portal.partners.models import Acceptance
from efc_portal.workflow.services import step

PATIENCE = 20  # tries
PATIENCE_CODE = 4  # a code that comes late is of no use


@step("agreement.ask")
def ask(pk: UUID) -> None:
    version_ask(pk)


@step("agreement.link", patience=PATIENCE)
def link(pk: UUID) -> None:
    if acceptance := _asked(pk):
        _send(acceptance, "link", reverse("memorandum_join", args=[link_issue(acceptance)]), days=LINK_DAYS)


@step("agreement.code", patience=PATIENCE_CODE)
def code(pk: UUID) -> None:
    if acceptance := _asked(pk):
        _send(acceptance, "code", "/join/", code=code_issue(acceptance), minutes=CODE_MINUTES)


@step("agreement.countersigned", patience=PATIENCE)
def countersigned(pk: UUID) -> None:
    _send(Acceptance.objects.get(pk=pk), "countersigned", "/join/")


def _asked(pk: UUID) -> Acceptance | None:
    """The acceptance while it is still wanted: it may have been withdrawn, or deleted, since the step was asked for."""
    return Acceptance.objects.filter(pk=pk, status=AcceptanceStatus.ASKED).select_related("version").first()


def _send(acceptance: Acceptance, name: str, path: str, **values: object) -> None:
    letter_send(
        Letter(
            to=acceptance.signatory_email,
            language=acceptance.language,
            template=f"partners/agreements/mail/{name}",
            path=path,
            values={"party": acceptance.party, "name": acceptance.signatory_name, **values},
        )
    )
