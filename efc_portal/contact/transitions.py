"""The life of a visitor's message. Erasing is no state of it: it can come at any time, and the state stays readable."""

from __future__ import annotations

from efc_portal.contact.enums import MessageStatus as S
from efc_portal.core.permissions import Permission as P
from efc_portal.workflow.transitions import Lifecycle, Transition

MESSAGE = Lifecycle(
    "message",
    [
        Transition("answer", (S.NEW,), S.ANSWERED, by=P.CONTACT_ANSWER),
        Transition("close", (S.NEW, S.ANSWERED), S.CLOSED, by=P.CONTACT_ANSWER),
        Transition("mark", (S.NEW,), S.SPAM, by=P.CONTACT_ANSWER),
        Transition("reopen", (S.ANSWERED, S.CLOSED, S.SPAM), S.NEW, by=P.CONTACT_ANSWER),
    ],
)
