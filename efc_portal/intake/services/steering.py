"""What people decide about a file: wait, go on, give it up; and what happens to it with its draft."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.core.errors import Conflict
from efc_portal.intake.enums import GIVEN_UP, OPEN, UNDECIDED, IntakeStatus
from efc_portal.intake.models import CancelledIntake, Intake
from efc_portal.intake.services.mending import again_forget
from efc_portal.intake.services.steps import ERASE, RELATE, lanes_wake, work_go_on
from efc_portal.intake.services.totals import draft_hold, draft_recount
from efc_portal.intake.transitions import INTAKE
from efc_portal.submissions.models import Sighting, Submission
from efc_portal.submissions.services import draft_discard_untouched
from efc_portal.workflow.services import work_enqueue
from efc_portal.workflow.transitions import Person


@transaction.atomic
def intake_pause(*, intake: Intake, actor: User) -> None:
    """Check no further for now. What was begun a moment ago is still finished."""
    INTAKE.move(intake, "pause", actor=actor)


@transaction.atomic
def intake_resume(*, intake: Intake, actor: User) -> None:
    """Go on exactly where checking stood."""
    INTAKE.move(intake, "resume", actor=actor)
    intake.refresh_from_db(fields=["read_through"])
    work_go_on(intake)


@transaction.atomic
def intake_cancel(*, intake: Intake, actor: User) -> bool:
    """Give a file up: it and its rows are erased, by the workflow. Whether its draft stays.

    A draft that was begun for the file alone goes with it. It stays if anybody wrote or attached anything, or if there
    is another file that was not given up.
    """
    draft_hold(intake.submission_id)
    INTAKE.move(intake, "cancel", actor=actor, category=Category.ERASURE)
    _cancelled_note([intake], intake.submission)
    others = Intake.objects.filter(submission=intake.submission_id).exclude(status__in=GIVEN_UP)
    if not others.exists() and draft_discard_untouched(pk=intake.submission_id, actor=actor):
        return False
    again_forget(intake)
    draft_recount(intake.submission_id)
    work_enqueue(ERASE, intake.pk)
    return True


def _cancelled_note(files: Iterable[Intake], draft: Submission) -> None:
    """Note for their addresses that files were given up."""
    notes = [CancelledIntake(id=one.pk, organisation_id=draft.organisation_id) for one in files]
    CancelledIntake.objects.bulk_create(notes, ignore_conflicts=True)


def intakes_confirm(draft: Submission, actor: User) -> None:
    """The files of a draft go with it, in the transaction that sends it; what was not taken of them is erased.

    Raises `Conflict` while somebody still has to decide about one of them, and while rows of one that was given up are
    still there: they would go along, and be erased from what was sent.
    """
    if not draft_hold(draft.pk):
        raise Conflict(_("This draft was discarded meanwhile, and is not sent."))
    files = list(Intake.objects.select_for_update().filter(submission=draft).order_by("number"))
    if any(one.status in UNDECIDED for one in files):
        raise Conflict(
            _(
                "A file of this draft is not checked to its end. Wait for it, or cancel its import; then send the "
                "submission."
            )
        )
    if any(_rows_left(one) for one in files if one.status in GIVEN_UP):
        raise Conflict(
            _("The rows of a file that was given up are still being erased. Send the submission in a minute.")
        )
    for one in files:
        if one.status == IntakeStatus.CHECKED:
            INTAKE.move(one, "confirm", actor=actor, category=Category.COLLECTION, count=one.summary.get("good", 0))
            lanes_wake(one, RELATE)
            if one.summary.get("kept", 0):
                work_enqueue(ERASE, one.pk)
    if files:
        draft.refresh_from_db(fields=["file_rows", "file_summary"])


def _rows_left(intake: Intake) -> bool:
    places = (intake.first_position, intake.last_position)
    return Sighting.objects.filter(submission=intake.submission_id, position__range=places).exists()


def intakes_discard(draft: Submission, actor: Person | None) -> bool:
    """The files of a draft end with it; whether it has any."""
    files = list(Intake.objects.select_for_update().filter(submission=draft).order_by("number"))
    ended = [one for one in files if one.status in OPEN]
    for one in ended:
        INTAKE.move(one, "lapse", actor=None, category=Category.ERASURE)
    _cancelled_note(ended, draft)
    return bool(files)
