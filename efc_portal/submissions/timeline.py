"""What happened to a submission, as the submitting organisation may read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.audit.selectors import timeline
from efc_portal.submissions.enums import SubmissionStatus as S
from efc_portal.submissions.models import Submission
from efc_portal.submissions.selectors import feedback_on

# Audit actions that the submitter sees, with their sentence. Nothing else of the record is shown to a partner.
SHOWN: dict[str, str | Promise] = {
    "submission.begin": _("Draft begun"),
    "submission.hand_over": _("Handed over to a colleague"),
    "submission.finish": _("Sent to the coalition"),
    "submission.screen": _("Files screened"),
    "submission.normalise": _("Identifiers checked and stored encrypted"),
    "submission.correlate": _("Compared with what is known; waits for an officer"),
    "submission.ask": _("The secretariat asks for more"),
    "submission.answer": _("Your organisation answered"),
    "submission.message": _("Your organisation wrote to the secretariat"),
    "submission.accept": _("Accepted into a case"),
    "submission.withdraw_value": _("A value was taken back"),
    "submission.decline": pgettext_lazy("submission status", "Declined"),
}


@dataclass(frozen=True)
class Entry:
    """One line of a timeline, as `components/timeline.html` shows it."""

    at: datetime
    title: str
    by: str = ""
    state: str = ""  # now: the newest


def newest_first(entries: list[Entry]) -> list[Entry]:
    ordered = sorted(entries, key=lambda entry: entry.at, reverse=True)
    return [replace(entry, state="now" if place == 0 else "") for place, entry in enumerate(ordered)]


def submission_timeline(submission: Submission) -> list[Entry]:
    """Newest first: the shown steps, and what an agency released."""
    entries = [Entry(event.at, str(SHOWN[event.action])) for event in timeline(submission, actions=SHOWN)]
    return newest_first(entries + [Entry(one.at, one.sentence) for one in feedback_on(submission)])


@dataclass(frozen=True)
class ProgressStep:
    label: str | Promise
    state: str  # done, running or waiting


_PASSED = {S.RECEIVED: 1, S.SCREENED: 2, S.NORMALISED: 3}


def progress_of(submission: Submission) -> list[ProgressStep]:
    """The workflow's own steps with where it stands; all done once an officer can see it."""
    labels = (S.RECEIVED.label, S.SCREENED.label, S.NORMALISED.label, pgettext_lazy("submission status", "Compared"))
    passed = _PASSED.get(S(submission.status), len(labels))
    return [
        ProgressStep(label, "done" if place < passed else "running" if place == passed else "waiting")
        for place, label in enumerate(labels)
    ]


def is_running(submission: Submission) -> bool:
    """Whether the workflow still works on it, so that the page looks again."""
    return submission.status in _PASSED
