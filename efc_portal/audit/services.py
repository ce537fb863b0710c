"""Writing the record. Call it inside the transaction that does the thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, models

from efc_portal.audit.canonical import event_bytes, mac_of, plain, plain_text
from efc_portal.audit.enums import Category
from efc_portal.audit.models import AuditEvent
from efc_portal.core.rows import rows_insert

# What a payload may hold. A key outside this list is a programming error: content never gets into the record.
PAYLOAD_KEYS = frozenset(
    {
        "from",
        "to",
        "reference",
        "references",
        "count",
        "size",
        "sha256",
        "kind",
        "reason_code",
        "role",
        "roles",
        "ids",
        "until",
        "channel",
        "key_ending",
        "code",
        "codes",
        "ip",
        "device",
        "block",
        "purpose",
        "release_at",
        "truncated",
        "filters",
        "tlp",
        "language",
        "finding",  # of a verification: names events and blocks by their numbers
        "title",  # of public pages only
        "url",  # of public pages only
    }
)


class Actor(Protocol):
    """Whoever acts: a user, as far as the record needs to know one."""

    pk: UUID
    email: str


def audit_event(
    *,
    action: str,
    category: Category,
    actor: Actor | None,
    obj: models.Model | None = None,
    organisation_id: UUID | None = None,
    justification: str = "",
    recipient: str = "",
    **payload: Any,
) -> AuditEvent:
    """An event for `audit_record_many`. `actor=None` is the portal itself."""
    if unknown := payload.keys() - PAYLOAD_KEYS:
        raise TypeError(f"not a payload key of the audit record: {', '.join(sorted(unknown))}")
    if actor is not None and organisation_id is None:
        organisation_id = getattr(actor, "organisation_id", None)
    return AuditEvent(
        action=action,
        category=str(category),
        actor_id=actor.pk if actor is not None else None,
        actor_label=plain_text(actor.email, 254) if actor is not None else "",
        organisation_id=organisation_id,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        object_label=plain_text(getattr(obj, "reference", None) or "", 80),
        justification=plain_text(justification),
        recipient=plain_text(recipient, 254),
        payload=plain(payload),
    )


def audit_record(**event: Any) -> AuditEvent:
    """Record one event (the arguments of `audit_event`) in the running transaction."""
    made = audit_event(**event)
    audit_record_many([made])
    return made


def audit_record_many(events: Sequence[AuditEvent]) -> None:
    """Record events made with `audit_event`, in one statement.

    The ids are taken first, because the MAC covers them: a copy of a genuine row is then no genuine row.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('audit_auditevent_id_seq') FROM generate_series(1, %s)", [len(events)])
        for event, row in zip(events, cursor.fetchall(), strict=True):
            event.pk = row[0]
            event.mac = mac_of(event_bytes(event))
    rows_insert(events)
