"""What applications ask of the memorandum."""

from __future__ import annotations

from efc_portal.core.tokens import tokens_revoke
from efc_portal.partners.agreements.enums import AcceptanceStatus
from efc_portal.partners.agreements.selectors import acceptance_of_application
from efc_portal.partners.agreements.services import (
    SIGNING,
    acceptance_ask,
    acceptance_assign,
    acceptances_forget,
)
from efc_portal.partners.agreements.transitions import ACCEPTANCE
from efc_portal.partners.models import Application, Organisation
from efc_portal.workflow.transitions import Person


def ask(*, application: Application, actor: Person) -> None:
    """Ask the signatory of an approved applicant to accept the memorandum in force."""
    answers = application.answers
    acceptance_ask(
        application_id=application.pk,
        party=application.name,
        name=answers["signatory_name"],
        title=answers["signatory_function"],
        email=answers["signatory_email"],
        language=application.language,
        actor=actor,
    )


def is_countersigned(*, application: Application) -> bool:
    acceptance = acceptance_of_application(application.pk)
    return acceptance is not None and acceptance.status == AcceptanceStatus.COUNTERSIGNED


def assign(*, application: Application, organisation: Organisation, actor: Person) -> None:
    """What the applicant accepted is the new member's."""
    acceptance_assign(application_id=application.pk, organisation=organisation, actor=actor)


def stop(*, application: Application) -> None:
    """Stop asking, because the applicant has withdrawn. A link that was sent opens nothing any more."""
    acceptance = acceptance_of_application(application.pk)
    if acceptance is not None and acceptance.status == AcceptanceStatus.ASKED:
        ACCEPTANCE.move(acceptance, "lapse", actor=None)
        tokens_revoke(purpose=SIGNING, subject_id=acceptance.pk)


def forget(*, application: Application) -> None:
    """Delete what an applicant that led to nothing was asked for."""
    acceptances_forget(application_id=application.pk)
