"""The life of a file of rows."""

from __future__ import annotations

from efc_portal.core.permissions import Permission as P
from efc_portal.intake.enums import OPEN
from efc_portal.intake.enums import IntakeStatus as S
from efc_portal.workflow.transitions import PORTAL, Lifecycle, Transition

INTAKE = Lifecycle(
    "intake",
    [
        Transition("describe", (S.UPLOADED, S.DESCRIBED), S.DESCRIBED, by=P.SUBMISSION_CREATE),
        Transition("check", (S.DESCRIBED,), S.CHECKING, by=P.SUBMISSION_CREATE),
        Transition("pause", (S.CHECKING,), S.PAUSED, by=P.SUBMISSION_CREATE),
        Transition("resume", (S.PAUSED,), S.CHECKING, by=P.SUBMISSION_CREATE),
        Transition("checked", (S.CHECKING,), S.CHECKED, by=PORTAL),
        Transition("confirm", (S.CHECKED,), S.CONFIRMED, by=P.SUBMISSION_CREATE),
        Transition("fail", (S.CHECKING, S.PAUSED), S.FAILED, by=PORTAL),
        Transition("cancel", OPEN, S.CANCELLED, by=P.SUBMISSION_CREATE),
        Transition("lapse", OPEN, S.CANCELLED, by=PORTAL),  # its draft is gone
    ],
)
