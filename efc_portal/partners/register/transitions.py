"""The life of a file of contacts. Nothing of it counts before it is confirmed."""

from __future__ import annotations

from efc_portal.core.permissions import Permission as P
from efc_portal.partners.enums import ContactImportStatus as S
from efc_portal.workflow.transitions import PORTAL, Lifecycle, Transition

CONTACT_IMPORT = Lifecycle(
    "contact_import",
    [
        Transition("check", (S.UPLOADED,), S.CHECKED, by=PORTAL),
        Transition("confirm", (S.CHECKED,), S.CONFIRMED, by=P.MEMBERS_MANAGE),
        Transition("discard", (S.UPLOADED, S.CHECKED), S.DISCARDED, by=P.MEMBERS_MANAGE),
        Transition("refuse", (S.UPLOADED,), S.DISCARDED, by=PORTAL),  # it turned out not to be such a table
        Transition("lapse", (S.UPLOADED, S.CHECKED), S.DISCARDED, by=PORTAL),  # nobody confirmed it for a week
    ],
)
