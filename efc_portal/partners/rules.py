"""Who may change what of an organisation. Services ask it, whatever a page, a command or a program asked before.

An actor of None is the portal itself, or a command of its operators.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import NotPermitted
from efc_portal.core.permissions import Permission as P
from efc_portal.partners.permissions import access_of


def permitted(actor: Any, permission: P) -> None:
    """Raise `NotPermitted` unless the actor holds a permission."""
    if actor is not None and not access_of(actor).may(permission):
        raise NotPermitted(_("This step belongs to somebody else. Ask a colleague who has the right for it."))


def may_keep(actor: Any, organisation_id: UUID | None, own: P) -> bool:
    """Whether somebody looks after an organisation: of their own those who hold `own`, of all who keep the register."""
    access = access_of(actor)
    return access.may(P.MEMBERS_MANAGE) or (access.may(own) and access.organisation_id == organisation_id)


def keeper_check(actor: Any, organisation_id: UUID | None, own: P = P.ORGANISATION_MANAGE) -> None:
    """Raise `NotPermitted` unless the actor looks after the organisation."""
    if actor is not None and not may_keep(actor, organisation_id, own):
        raise NotPermitted(_("This is looked after by the organisation itself and the secretariat."))
