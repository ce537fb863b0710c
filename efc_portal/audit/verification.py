"""The periodic verification: its result is an event of the record itself, and so cannot be forged without its key."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from efc_portal.audit.canonical import event_bytes, mac_of
from efc_portal.audit.enums import Category
from efc_portal.audit.models import AuditBlock, AuditEvent
from efc_portal.audit.seal import LATE, unsealed_events
from efc_portal.audit.selectors import last_block, last_verification
from efc_portal.audit.services import audit_record
from efc_portal.audit.verify import RecordBroken, audit_verify

logger = logging.getLogger(__name__)

WHOLE, BROKEN = "whole", "broken"
EVERY = timedelta(days=1)  # asked every few minutes whether it is due, since the portal may be off at night
OVERDUE = timedelta(days=2)
SEALED_WITHIN = timedelta(minutes=10)


def verification_is_due() -> bool:
    last = last_verification()
    return last is None or last.at < timezone.now() - EVERY


def verification_result() -> dict[str, Any]:
    """Verify the whole record, with the newest block that the verification before saw as an anchor.

    What `verification_record` stores: `code` whole or broken, what was found, how many sealed events there were, and
    the newest block with its digest. Call it outside a transaction: it reads everything as of one moment.
    """
    anchor = _anchor(last_verification())
    try:
        report = audit_verify(anchors={anchor["block"]: bytes.fromhex(anchor["sha256"])} if anchor else None)
    except RecordBroken as error:
        logger.error("the audit record is damaged: %s", error.message)
        return {"code": BROKEN, "finding": error.message, **anchor}
    newest = {"block": report.last.number, "sha256": bytes(report.last.digest).hex()} if report.last else {}
    return {"code": WHOLE, "count": report.sealed, **newest}


def verification_record(result: dict[str, Any]) -> AuditEvent:
    return audit_record(action="audit.verify", category=Category.OPERATION, actor=None, **result)


def _anchor(last: AuditEvent | None) -> dict[str, Any]:
    """The newest block that the verification before saw, by number and digest."""
    if last is None or not _genuine(last) or "block" not in last.payload:
        return {}
    return {"block": last.payload["block"], "sha256": last.payload["sha256"]}


def _genuine(event: AuditEvent) -> bool:
    return mac_of(event_bytes(event)) == bytes(event.mac)


@dataclass(frozen=True)
class RecordState:
    """How the record stands: when it was last sealed and verified, and what was found (empty: nothing)."""

    block: AuditBlock | None
    sealing_stands: bool
    verification: AuditEvent | None
    verification_overdue: bool
    finding: str

    @property
    def is_damaged(self) -> bool:
        return bool(self.finding)


def record_state() -> RecordState:
    """A constant number of queries: what the last sealing and the last verification left."""
    now, verification = timezone.now(), last_verification()
    waiting = unsealed_events().filter(at__gte=now - LATE, at__lt=now - SEALED_WITHIN)
    return RecordState(
        block=last_block(),
        sealing_stands=waiting.exists(),
        verification=verification,
        verification_overdue=verification is None or verification.at < now - OVERDUE,
        finding=verification_finding(verification),
    )


def verification_finding(verification: AuditEvent | None) -> str:
    """What a verification found to be wrong, in a sentence; empty when the record was whole."""
    if verification is None:
        return ""
    if not _genuine(verification):
        return _("The result of the last verification is not as the portal wrote it: it was altered or forged.")
    if verification.payload.get("code") == WHOLE:
        return ""
    return str(verification.payload.get("finding", ""))
