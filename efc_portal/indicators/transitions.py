"""The life of a value that a member says is its own."""

from __future__ import annotations

from efc_portal.core.permissions import Permission as P
from efc_portal.indicators.enums import OwnValueStatus as S
from efc_portal.workflow.transitions import PORTAL, Lifecycle, Transition

OWN_VALUE = Lifecycle(
    "own_value",
    [
        Transition("confirm", (S.PROPOSED,), S.CONFIRMED, by=P.KNOWN_VALUES_EDIT),
        Transition("decline", (S.PROPOSED,), S.DECLINED, by=P.KNOWN_VALUES_EDIT),
        Transition("withdraw", (S.PROPOSED, S.CONFIRMED), S.WITHDRAWN, by=P.OWN_VALUES_PROPOSE),
        Transition("end", (S.CONFIRMED,), S.ENDED, by=P.KNOWN_VALUES_EDIT),
        Transition("lapse", (S.PROPOSED, S.CONFIRMED), S.ENDED, by=PORTAL),  # the member has left
    ],
)
