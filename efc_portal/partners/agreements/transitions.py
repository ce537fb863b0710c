"""The life of a version of the memorandum, and of its acceptance by one party."""

from __future__ import annotations

from efc_portal.core.permissions import Permission as P
from efc_portal.partners.agreements.enums import AcceptanceStatus as A
from efc_portal.partners.agreements.enums import VersionStatus as V
from efc_portal.workflow.transitions import PORTAL, Lifecycle, Transition

AGREEMENT = Lifecycle(
    "agreement",
    [
        Transition("publish", (V.DRAFT,), V.PUBLISHED, by=P.MEMBERS_MANAGE),
        Transition("supersede", (V.PUBLISHED,), V.SUPERSEDED, by=PORTAL),  # the next one was published
        Transition("discard", (V.DRAFT,), V.DISCARDED, by=P.MEMBERS_MANAGE),
    ],
)

ACCEPTANCE = Lifecycle(
    "acceptance",
    [
        Transition("sign", (A.ASKED,), A.ACCEPTED, by=PORTAL),  # an applicant's signatory, by a mailed link and a code
        Transition("accept", (A.ASKED,), A.ACCEPTED, by=P.AGREEMENT_SIGN),
        Transition("countersign", (A.ACCEPTED,), A.COUNTERSIGNED, by=P.MEMBERS_MANAGE),
        Transition("withdraw", (A.ASKED,), A.WITHDRAWN, by=P.MEMBERS_MANAGE),
        Transition("lapse", (A.ASKED,), A.WITHDRAWN, by=PORTAL),  # a newer version is asked for instead
    ],
)
