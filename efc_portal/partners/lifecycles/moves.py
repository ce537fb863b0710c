"""A transition in words: what its states are called, and who may make the move."""

from __future__ import annotations

from enum import StrEnum

from django.utils.text import get_text_list

from efc_portal.core.permissions import Permission
from efc_portal.partners.enums import OrganisationKind
from efc_portal.partners.permissions import ROLES
from efc_portal.workflow.transitions import PORTAL, Transition


class Side(StrEnum):
    """Whose people make a move; the colour and the lane of it."""

    PARTNER = "partner"
    PORTAL = "portal"
    SECRETARIAT = "secretariat"
    AGENCY = "agency"


SIDES = {
    OrganisationKind.PARTNER: Side.PARTNER,
    OrganisationKind.SECRETARIAT: Side.SECRETARIAT,
    OrganisationKind.LAW_ENFORCEMENT: Side.AGENCY,
}
LABELS = {
    Side.PARTNER: "The partner",
    Side.PORTAL: "The portal itself",
    Side.SECRETARIAT: "The secretariat",
    Side.AGENCY: "The agency",
}


def state_text(state: str) -> str:
    """As people read it: the label of the enum's member."""
    return str(getattr(state, "label", state))


def side_of(transition: Transition) -> Side:
    if transition.by == PORTAL:
        return Side.PORTAL
    return next(SIDES[kind] for kind, table in ROLES.items() if any(transition.by in held for held in table.values()))


def who_text(transition: Transition) -> str:
    """“officer or manager”; “anybody of the agency” where every role of it may."""
    if transition.by == PORTAL:
        return "the portal"
    may = Permission(transition.by)
    words = []
    for kind, table in ROLES.items():
        roles = [str(role.label).lower() for role, held in table.items() if may in held]
        if roles:
            everybody = len(roles) == len(table) and len(roles) > 1
            words += [f"anybody of {LABELS[SIDES[kind]].lower()}"] if everybody else roles
    return get_text_list(list(dict.fromkeys(words)), "or")
