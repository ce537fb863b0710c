"""The life of a mailing. What becomes of its single letters is `mailings/sending.py`."""

from __future__ import annotations

from efc_portal.core.permissions import Permission as P
from efc_portal.partners.mailings.enums import MailingStatus as S
from efc_portal.workflow.transitions import PORTAL, Lifecycle, Transition

MAILING = Lifecycle(
    "mailing",
    [
        Transition("queue", (S.DRAFT,), S.QUEUED, by=P.MEMBERS_MANAGE),
        Transition("start", (S.QUEUED,), S.SENDING, by=PORTAL),
        Transition("finish", (S.SENDING,), S.SENT, by=PORTAL),
        Transition("pause", (S.QUEUED, S.SENDING), S.PAUSED, by=P.MEMBERS_MANAGE),
        Transition("resume", (S.PAUSED,), S.QUEUED, by=P.MEMBERS_MANAGE),
        Transition("again", (S.SENT,), S.QUEUED, by=P.MEMBERS_MANAGE),  # letters that were unclear
        Transition("cancel", (S.DRAFT, S.QUEUED, S.SENDING, S.PAUSED), S.CANCELLED, by=P.MEMBERS_MANAGE),
    ],
)
