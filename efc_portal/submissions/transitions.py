"""The life of a submission."""

from __future__ import annotations

from efc_portal.core.permissions import Permission as P
from efc_portal.submissions.enums import SubmissionStatus as S
from efc_portal.workflow.transitions import Lifecycle, Transition

SUBMISSION = Lifecycle(
    "submission",
    [
        Transition("finish", (S.DRAFT,), S.RECEIVED, by=P.SUBMISSION_CREATE),
        Transition("screen", (S.RECEIVED,), S.SCREENED, by="portal"),
        Transition("normalise", (S.SCREENED,), S.NORMALISED, by="portal"),
        Transition("correlate", (S.NORMALISED,), S.TRIAGE, by="portal"),
        Transition("ask", (S.TRIAGE,), S.ASKED, by=P.SUBMISSION_TRIAGE),
        Transition("answer", (S.ASKED,), S.TRIAGE, by=P.SUBMISSION_CREATE),
        Transition("take_over", (S.ASKED,), S.TRIAGE, by="portal"),  # its organisation left: nobody can answer
        Transition("accept", (S.TRIAGE, S.ASKED), S.ACCEPTED, by=P.SUBMISSION_TRIAGE),
        Transition("decline", (S.TRIAGE, S.ASKED), S.DECLINED, by=P.SUBMISSION_TRIAGE),
    ],
)
