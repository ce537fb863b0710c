"""The life of an application to join.

Law enforcement agencies are admitted by the secretariat (`admit`), everybody else by a vote of the steering committee.
"""

from __future__ import annotations

from efc_portal.core.permissions import Permission as P
from efc_portal.partners.applications.enums import OPEN
from efc_portal.partners.applications.enums import ApplicationStatus as S
from efc_portal.workflow.transitions import PORTAL, Lifecycle, Transition

APPLICATION = Lifecycle(
    "application",
    [
        Transition("submit", (S.DRAFT,), S.RECEIVED, by=PORTAL),
        Transition("begin", (S.RECEIVED,), S.VETTING, by=P.MEMBERS_MANAGE),
        Transition("consult", (S.VETTING,), S.CONSULTATION, by=P.MEMBERS_MANAGE),
        Transition("call", (S.CONSULTATION,), S.VOTING, by=P.MEMBERS_MANAGE),
        Transition("approve", (S.VOTING,), S.APPROVED, by=P.MEMBERS_MANAGE),
        Transition("admit", (S.VETTING, S.CONSULTATION), S.APPROVED, by=P.MEMBERS_MANAGE),
        Transition("activate", (S.APPROVED,), S.ACTIVATED, by=P.MEMBERS_MANAGE),
        Transition("decline", (S.RECEIVED, S.VETTING, S.CONSULTATION, S.VOTING), S.DECLINED, by=P.MEMBERS_MANAGE),
        Transition("withdraw", OPEN, S.WITHDRAWN, by=PORTAL),  # the applicant
    ],
)
