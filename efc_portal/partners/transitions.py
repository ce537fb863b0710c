"""The standing of an organisation in the coalition, from admission to leaving.

An organisation that applies is an application (`partners.applications`) until it is admitted.
"""

from __future__ import annotations

from efc_portal.core.permissions import Permission as P
from efc_portal.partners.enums import OrganisationStatus as S
from efc_portal.workflow.transitions import PORTAL, Lifecycle, Transition

ORGANISATION = Lifecycle(
    "organisation",
    [
        Transition("admit", (S.APPLICANT,), S.ACTIVE, by=P.MEMBERS_MANAGE),
        Transition("warn", (S.ACTIVE,), S.GRACE, by=P.MEMBERS_MANAGE),
        Transition("lapse", (S.ACTIVE,), S.GRACE, by=PORTAL),  # the yearly review is overdue
        Transition("restore", (S.GRACE, S.SUSPENDED), S.ACTIVE, by=P.MEMBERS_MANAGE),
        Transition("renew", (S.GRACE,), S.ACTIVE, by=PORTAL),  # what was overdue is done
        Transition("suspend", (S.ACTIVE, S.GRACE), S.SUSPENDED, by=P.MEMBERS_MANAGE),
        Transition("leave", (S.ACTIVE, S.GRACE, S.SUSPENDED), S.LEFT, by=P.MEMBERS_MANAGE),
        Transition("depart", (S.ACTIVE, S.GRACE, S.SUSPENDED), S.LEFT, by=PORTAL),  # the last day agreed on is over
    ],
)
