"""The life of an invitation, and of the wish to take a lost second factor off.

Whose people somebody may look after (their own organisation's, for managers anybody's) is `rules`.
"""

from __future__ import annotations

from efc_portal.core.permissions import Permission as P
from efc_portal.partners.enums import FactorResetStatus as R
from efc_portal.partners.enums import InvitationStatus as S
from efc_portal.workflow.transitions import PORTAL, Lifecycle, Transition

INVITATION = Lifecycle(
    "invitation",
    [
        Transition("accept", (S.OPEN,), S.ACCEPTED, by=PORTAL),  # by whoever opens the link
        Transition("withdraw", (S.OPEN,), S.WITHDRAWN, by=P.PEOPLE_MANAGE),
        Transition("lapse", (S.OPEN,), S.LAPSED, by=PORTAL),
    ],
)

FACTOR_RESET = Lifecycle(
    "factor_reset",
    [
        Transition("approve", (R.ASKED,), R.WAITING, by=P.PEOPLE_MANAGE),  # somebody else than who asked
        Transition("do", (R.WAITING,), R.DONE, by=PORTAL),
        Transition("refuse", (R.ASKED,), R.REFUSED, by=P.PEOPLE_MANAGE),
        Transition("cancel", (R.ASKED, R.WAITING), R.CANCELLED, by=P.PEOPLE_MANAGE),
        Transition("stop", (R.ASKED, R.WAITING), R.STOPPED, by=PORTAL),  # by the person whose factor it is
        Transition("lapse", (R.ASKED, R.WAITING), R.LAPSED, by=PORTAL),  # nobody approved it, or the person has left
    ],
)
