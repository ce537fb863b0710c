"""From a draft to a submission that nobody can change any more."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.core.permissions import Permission
from efc_portal.core.services import reference_next
from efc_portal.notifications import services as notifications
from efc_portal.partners.selectors import people_who_may
from efc_portal.submissions.documents import Document, without_pans
from efc_portal.submissions.file_rows import files_finish
from efc_portal.submissions.models import Submission
from efc_portal.submissions.red_flags import VERSION
from efc_portal.submissions.services.drafts import begun, submission_new
from efc_portal.submissions.transitions import SUBMISSION
from efc_portal.workflow.services import work_enqueue


@dataclass(frozen=True)
class Finished:
    """A checked draft: the document to seal, and the columns that stand beside it."""

    document: Document
    tlp: str
    source_grade: str
    information_grade: str
    contains_str: bool
    child_in_danger: bool = False
    handling_codes: list[str] = field(default_factory=list)
    period_from: date | None = None
    period_to: date | None = None
    red_flags: list[int] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)

    def columns(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "document"}


@transaction.atomic
def submission_finish(*, draft: Submission, finished: Finished, actor: User) -> Submission:
    """Give a draft its reference, seal its checked document and hand it to the workflow, in one transaction.

    With it go the files of rows that were checked. Raises `ApplicationError` while one of them is not.
    """
    files_finish(draft, actor)
    values = _filled(draft, finished)
    SUBMISSION.move(draft, "finish", actor=actor, category=Category.COLLECTION, changes=values, tlp=finished.tlp)
    _tell(draft, finished)
    return draft


def submission_send(*, finished: Finished, actor: User, pk: UUID | None = None) -> Submission:
    """Begin and finish at once: what was written on one page, where no draft was kept meanwhile.

    `pk` is the id it is to have. Sent again with the same, it is sent once: the first is given back as it stands.
    """
    try:
        with transaction.atomic():
            sent = submission_new(actor=actor, pk=pk)
            _filled(sent, finished)
            first = begun(sent, actor)
            SUBMISSION.begin(sent, "finish", actor=actor, category=Category.COLLECTION, after=[first], tlp=finished.tlp)
            _tell(sent, finished)
            return sent
    except IntegrityError:
        earlier = Submission.objects.filter(pk=pk, reporter=actor).first() if pk else None
        if earlier is None:
            raise
        return earlier


def _filled(draft: Submission, finished: Finished) -> dict[str, Any]:
    """Ask for the first step of the workflow and fill the object in; returns the columns to write.

    The reference comes last: from there to the commit, whoever else finishes one waits.
    """
    document = without_pans(finished.document)[0]
    content = draft.data_key.seal_json(document, draft.content_context)
    work_enqueue("submission.screen", draft.pk)
    values = {
        **finished.columns(),
        "red_flags_version": VERSION,
        "content": content,
        "finished_at": timezone.now(),
        "reference": reference_next("S"),
    }
    for column, value in values.items():
        setattr(draft, column, value)
    draft.document = document
    return values


def _tell(sent: Submission, finished: Finished) -> None:
    if finished.child_in_danger:
        notifications.mail_child_in_danger(
            people_who_may(Permission.SUBMISSION_TRIAGE),
            reference=sent.reference or "",
            path=reverse("cases:triage_detail", args=[sent.pk]),
        )
