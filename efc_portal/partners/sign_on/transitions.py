"""The life of an identity provider: proposed and tried by the organisation, confirmed by the secretariat."""

from __future__ import annotations

from efc_portal.core.permissions import Permission as P
from efc_portal.partners.sign_on.enums import ProviderStatus as S
from efc_portal.workflow.transitions import Lifecycle, Transition

IDENTITY_PROVIDER = Lifecycle(
    "identity_provider",
    [
        Transition("activate", (S.PROPOSED,), S.ACTIVE, by=P.MEMBERS_MANAGE),
        Transition("withdraw", (S.PROPOSED,), S.ENDED, by=P.ORGANISATION_MANAGE),
        Transition("end", (S.ACTIVE,), S.ENDED, by=P.ORGANISATION_MANAGE),
        Transition("revoke", (S.PROPOSED, S.ACTIVE), S.ENDED, by=P.MEMBERS_MANAGE),
    ],
)
