"""The life of a case, its notes, and why it was opened."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.cases.models import Case, CaseNote, Consultation
from efc_portal.cases.transitions import CASE
from efc_portal.core.errors import ApplicationError
from efc_portal.submissions.documents import without_pans

NOTE_MAX = 10_000


@transaction.atomic
def case_note_add(*, case: Case, body: str, actor: User) -> CaseNote:
    """Add a note; notes are never changed."""
    body = without_pans(body.strip())[0]
    if not body:
        raise ApplicationError(_("Write the note first."))
    if len(body) > NOTE_MAX:
        raise ApplicationError(_("A note holds at most %(most)s characters; make two of it."), most=NOTE_MAX)
    note = CaseNote(case=case, author=actor)
    note.body_sealed = case.data_key.seal_text(body, f"case-note:{note.id}")
    note.save(force_insert=True)
    audit_record(action="case.note", category=Category.ALTERATION, actor=actor, obj=case)
    return note


@transaction.atomic
def case_close(*, case: Case, justification: str, actor: User) -> None:
    """Close a case. It can be reopened."""
    if not justification.strip():
        raise ApplicationError(_("Say in a sentence why the case is closed."))
    CASE.move(case, "close", actor=actor, justification=justification.strip())


@transaction.atomic
def case_reopen(*, case: Case, justification: str, actor: User) -> None:
    if not justification.strip():
        raise ApplicationError(_("Say in a sentence why the case is opened again."))
    CASE.move(case, "reopen", actor=actor, justification=justification.strip())


@transaction.atomic
def case_consult(*, case: Case, justification: str, actor: User) -> Consultation:
    """State why one opens a case; the statement holds for a working day."""
    audit_record(
        action="case.consult", category=Category.CONSULTATION, actor=actor, obj=case, justification=justification
    )
    return Consultation.objects.create(case=case, person=actor, justification=justification)
