"""The life of a case."""

from __future__ import annotations

from efc_portal.cases.enums import CaseStatus as S
from efc_portal.core.permissions import Permission as P
from efc_portal.workflow.transitions import Lifecycle, Transition

CASE = Lifecycle(
    "case",
    [
        Transition("close", (S.OPEN,), S.CLOSED, by=P.CASE_WORK),
        Transition("reopen", (S.CLOSED,), S.OPEN, by=P.CASE_WORK),
    ],
)
