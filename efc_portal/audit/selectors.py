"""Reads of the record. All of them cost the same number of queries, however long it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from efc_portal.audit.enums import Category
from efc_portal.audit.models import AuditBlock, AuditEvent

READING = (Category.CONSULTATION, Category.DISCLOSURE)
# Events that put objects into another one, whose readers then read them too.
CONTAINS = ("case.combine", "referral.draft", "referral.revise")


def timeline(obj: models.Model, *, actions: Iterable[str]) -> list[AuditEvent]:
    """What happened to one object, oldest first; of the actions asked for only."""
    return list(
        AuditEvent.objects.filter(
            object_type=obj._meta.label_lower, object_id=str(obj.pk), action__in=list(actions)
        ).order_by("pk")
    )


def events_matching(
    *,
    actors: Sequence[UUID] | None = None,
    object_key: tuple[str, str] | None = None,
    category: str = "",
    since: datetime | None = None,
    before: datetime | None = None,
) -> QuerySet[AuditEvent]:
    """The record, narrowed down; newest first. `object_key` is a type and an id; `before` is not included."""
    found = AuditEvent.objects.order_by("-at", "-pk")
    if actors is not None:
        found = found.filter(actor_id__in=actors)
    if object_key is not None:
        found = found.filter(object_type=object_key[0], object_id=object_key[1])
    if category:
        found = found.filter(category=category)
    if since:
        found = found.filter(at__gte=since)
    if before:
        found = found.filter(at__lt=before)
    return found


def object_key_of(reference: str) -> tuple[str, str] | None:
    """The type and id of the object with a reference; its events from before it had one are then found, too."""
    found = AuditEvent.objects.filter(object_label=reference).order_by("at", "pk")
    return found.values_list("object_type", "object_id").first()


@dataclass(frozen=True)
class Slice:
    """Some neighbouring events, newest first, with the cursors of the pages on either side; empty where none is."""

    events: list[AuditEvent]
    newer: str = ""
    older: str = ""


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def cursor_of(event: AuditEvent) -> str:
    return f"{(event.at - _EPOCH) // _MICROSECOND}-{event.pk}"


def _moment(cursor: str) -> tuple[datetime, int] | None:
    """The time and id in a cursor; None when it is none."""
    at, _dash, pk = cursor.partition("-")
    if not (at.isascii() and at.isdigit() and pk.isascii() and pk.isdigit() and len(at) < 18 and len(pk) < 19):
        return None
    return _EPOCH + int(at) * _MICROSECOND, int(pk)


def slice_of(found: QuerySet[AuditEvent], *, older: str = "", newer: str = "", size: int) -> Slice:
    """The events right after the one that a cursor names, in either direction; the newest without a cursor.

    One query that reads `size` rows and one, from wherever the cursor stands (keyset paging).
    """
    if upwards := _moment(newer):
        rows = list(_beyond(found, upwards, newest_first=False)[: size + 1])
        more = len(rows) > size
        rows = rows[:size][::-1]
        if more:
            return Slice(rows, newer=cursor_of(rows[0]), older=cursor_of(rows[-1]))
        return Slice(rows, older=cursor_of(rows[-1])) if rows else slice_of(found, size=size)
    downwards = _moment(older)
    rows = list((_beyond(found, downwards, newest_first=True) if downwards else found)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Slice(
        rows,
        newer=cursor_of(rows[0]) if rows and downwards else "",
        older=cursor_of(rows[-1]) if more else "",
    )


def _beyond(found: QuerySet[AuditEvent], moment: tuple[datetime, int], *, newest_first: bool) -> QuerySet[AuditEvent]:
    at, pk = moment
    if newest_first:
        return found.filter(at__lte=at).exclude(at=at, pk__gte=pk)
    return found.filter(at__gte=at).exclude(at=at, pk__lte=pk).order_by("at", "pk")


def in_slices(found: QuerySet[AuditEvent], *, size: int = 1000) -> Iterable[list[AuditEvent]]:
    """All of it, newest first, a part at a time, without keeping a transaction or a cursor of the database open."""
    part = slice_of(found, size=size)
    while part.events:
        yield part.events
        if not part.older:
            return
        part = slice_of(found, older=part.older, size=size)


def readings_of(reference: str) -> QuerySet[AuditEvent]:
    """Who read an object, newest first: itself, in a list, or as part of a case or referral that it is in."""
    mentioned = Q(payload__has_key="references", payload__contains={"references": [reference]})
    containers: dict[str, datetime] = {}
    for event in AuditEvent.objects.filter(mentioned, action__in=CONTAINS).order_by("at", "pk"):
        containers.setdefault(event.object_label, event.at)
    read = Q(object_label=reference) | mentioned
    for label, at in containers.items():
        read |= Q(object_label=label, at__gte=at)
    return AuditEvent.objects.filter(read, category__in=READING).order_by("-at", "-pk")


def last_block() -> AuditBlock | None:
    return AuditBlock.objects.order_by("-number").first()


def last_verification() -> AuditEvent | None:
    """The newest result of a verification (`verification.py`)."""
    return AuditEvent.objects.filter(action="audit.verify").order_by("-at", "-pk").first()
