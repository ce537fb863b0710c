"""The one byte form of an event: what its MAC and its Merkle leaf are computed over."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC

from efc_portal.audit.models import AuditEvent
from efc_portal.core.keys import secret

_FIELDS = (
    "action",
    "category",
    "actor_label",
    "object_type",
    "object_id",
    "object_label",
    "justification",
    "recipient",
    "payload",
)


def event_bytes(event: AuditEvent) -> bytes:
    """Every column but `id` and `mac`, as JSON with sorted keys, times in UTC to the microsecond.

    The id is left out because the database gives it on insert; the leaf binds it (`leaf_bytes`).
    """
    values: dict[str, object] = {name: getattr(event, name) for name in _FIELDS}
    values["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    values["actor_id"] = str(event.actor_id) if event.actor_id else None
    values["organisation_id"] = str(event.organisation_id) if event.organisation_id else None
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def event_mac(event: AuditEvent) -> bytes:
    return hmac.new(secret("audit-mac"), event_bytes(event), hashlib.sha256).digest()


def leaf_bytes(event: AuditEvent) -> bytes:
    """What a block seals of an event: its id, its bytes and its MAC."""
    return b"%d\n%s\n%s" % (event.pk, event_bytes(event), bytes(event.mac).hex().encode())
