"""Above how many submissions one value is common: what an officer sets for it alone."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError
from efc_portal.indicators.models import CAP_MAX, CommonCap, Identifier
from efc_portal.workflow.services import work_enqueue

RECORRELATE = "common_cap.recorrelate"


@transaction.atomic
def common_cap_set(*, actor: User, identifier: Identifier, cap: int | None, reason: str) -> CommonCap:
    """Set it, with the reason; None lets the number of its type hold again.

    A value that is no longer common by it gets the matches it lacks, by a step of the workflow.
    """
    if not reason.strip():
        raise ApplicationError(_("Say why: the reason stands beside the number."))
    if cap is not None and not 1 <= cap <= CAP_MAX:
        raise ApplicationError(_("Give a number from 1 to %(most)s."), most=CAP_MAX)
    changes = {"cap": cap, "reason": reason.strip(), "set_by": actor, "set_at": timezone.now()}
    common_cap, _made = CommonCap.objects.update_or_create(identifier=identifier, defaults=changes)
    audit_record(
        action="common_cap.set",
        category=Category.OPERATION,
        actor=actor,
        obj=identifier,
        justification=reason.strip(),
        kind=identifier.type,
        count=cap or 0,
    )
    work_enqueue(RECORRELATE, common_cap.pk)
    return common_cap
