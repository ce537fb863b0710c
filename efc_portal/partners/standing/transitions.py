"""The life of a request to leave the coalition. Where an organisation itself stands is `partners.transitions`."""

from __future__ import annotations

from efc_portal.core.permissions import Permission as P
from efc_portal.partners.enums import LeaveStatus as S
from efc_portal.workflow.transitions import PORTAL, Lifecycle, Transition

LEAVE_REQUEST = Lifecycle(
    "leave_request",
    [
        Transition("agree", (S.ASKED,), S.AGREED, by=P.MEMBERS_MANAGE),
        Transition("refuse", (S.ASKED,), S.REFUSED, by=P.MEMBERS_MANAGE),
        Transition("withdraw", (S.ASKED, S.AGREED), S.WITHDRAWN, by=P.ORGANISATION_MANAGE),
        Transition("cancel", (S.AGREED,), S.WITHDRAWN, by=P.MEMBERS_MANAGE),
        Transition("complete", (S.AGREED,), S.DONE, by=PORTAL),  # its last day is over, or it was at once
    ],
)
