"""The one byte form of an event: what its MAC and its Merkle leaf are computed over.

It must come out the same from an event that is about to be stored and from the same event read back, so payloads hold
only what JSON in PostgreSQL gives back unchanged: text, whole numbers, true, false, null, and lists and objects of
them. Numbers with a fraction are refused, since a database may write them differently.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Set
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from efc_portal.audit.models import AuditEvent
from efc_portal.core.keys import secret

_TEXTS = (
    "action",
    "category",
    "actor_label",
    "object_type",
    "object_id",
    "object_label",
    "justification",
    "recipient",
)


def plain_text(text: object, limit: int | None = None) -> str:
    """Text as PostgreSQL can hold it, without NUL and lone surrogates, and cut to a column's width."""
    clean = str(text).replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    return clean if limit is None else clean[:limit]


def plain(value: Any) -> Any:
    """A payload's value as it will be read back. Raises `TypeError` for what does not come back unchanged."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, str | UUID | date | Promise):
        return plain_text(value)
    if isinstance(value, Mapping):
        return {plain_text(key): plain(one) for key, one in value.items()}
    if isinstance(value, Set):
        return sorted(map(plain, value))
    if isinstance(value, list | tuple):
        return list(map(plain, value))
    raise TypeError(f"the audit record cannot hold a {type(value).__name__} in a payload")


def event_bytes(event: AuditEvent) -> bytes:
    """Every column but `mac`, as JSON with sorted keys, times in UTC to the microsecond."""
    values: dict[str, object] = {name: getattr(event, name) for name in _TEXTS}
    values["id"] = event.pk
    values["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    values["actor_id"] = str(event.actor_id) if event.actor_id else None
    values["organisation_id"] = str(event.organisation_id) if event.organisation_id else None
    values["payload"] = event.payload
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def mac_of(data: bytes) -> bytes:
    return hmac.digest(secret("audit-mac"), data, hashlib.sha256)


def leaf_bytes(data: bytes, mac: bytes | memoryview) -> bytes:
    """What a block seals of an event: its bytes, which hold its id, and its MAC."""
    return data + b"\n" + bytes(mac)
