"""What applications ask of the memorandum."""

from __future__ import annotations

from efc_portal.partners.models import Application, Organisation
from efc_portal.workflow.transitions import Person


def ask(*, application: Application, actor: Person) -> None:
    """Ask the signatory of an approved applicant to accept the memorandum in force."""


def is_countersigned(*, application: Application) -> bool:
    return True


def assign(*, application: Application, organisation: Organisation, actor: Person) -> None:
    """What the applicant accepted is the new member's."""
