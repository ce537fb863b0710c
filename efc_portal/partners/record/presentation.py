"""Events of the record with the names that belong to their ids. A constant number of queries for a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from efc_portal.accounts.models import User
from efc_portal.audit.models import AuditEvent, AuditLeaf
from efc_portal.audit.words import PAYLOAD, action_text, category_text, object_type_text
from efc_portal.partners.models import Membership, Organisation

STATED_FOR = timedelta(hours=12)  # how long a stated reason for opening a case holds


@dataclass(frozen=True)
class Row:
    """An event as a table shows it. `object_key` is what the filter for this object takes."""

    event: AuditEvent
    person: str
    organisation: str
    action: str
    category: str
    object_type: str
    object_name: str
    object_key: str
    justification: str = ""
    stated_at: datetime | None = None  # when the justification was given, if before the event


# Objects that are shown by a name, and whose: an agency's id is its organisation's.
_NAMED = {
    "accounts.user": "accounts.user",
    "partners.membership": "partners.membership",
    "partners.organisation": "partners.organisation",
    "partners.agency": "partners.organisation",
}


def _uuid(text: str) -> UUID | None:
    """None for what is no id: a page on a damaged record still opens."""
    try:
        return UUID(text)
    except ValueError:
        return None


class Names:
    """Names of the people and organisations that some events speak of, read at once."""

    def __init__(self, events: Iterable[AuditEvent]) -> None:
        events = list(events)
        ids: dict[str, set[UUID]] = {kind: set() for kind in _NAMED.values()}
        for event in events:
            if (kind := _NAMED.get(event.object_type)) and (pk := _uuid(event.object_id)):
                ids[kind].add(pk)
        memberships = Membership.objects.in_bulk(ids["partners.membership"])
        self._members = {pk: one.user_id for pk, one in memberships.items()}
        people = {event.actor_id for event in events if event.actor_id}
        self._people = User.objects.in_bulk(people | ids["accounts.user"] | set(self._members.values()))
        organisations = {event.organisation_id for event in events if event.organisation_id}
        self._organisations = Organisation.objects.in_bulk(organisations | ids["partners.organisation"])

    def person(self, pk: UUID | None, label: str = "") -> str:
        """A person's present name; the address the record kept for whom the portal does not know any more."""
        return str(self._people[pk]) if pk in self._people else label

    def organisation(self, pk: UUID | None) -> str:
        return self._organisations[pk].name if pk in self._organisations else ""

    def actor(self, event: AuditEvent) -> str:
        return self.person(event.actor_id, event.actor_label) if event.actor_id else _("The portal itself")

    def object(self, event: AuditEvent) -> str:
        """A reference, a name, a public page's title, or the beginning of the id."""
        if event.object_label:
            return event.object_label
        name, pk = "", _uuid(event.object_id)
        match _NAMED.get(event.object_type):
            case "accounts.user":
                name = self.person(pk)
            case "partners.membership":
                name = self.person(self._members.get(pk)) if pk else ""
            case "partners.organisation":
                name = self.organisation(pk)
        title = event.payload.get("title") if isinstance(event.payload, dict) else None
        return name or str(title or event.object_id[:8])


def rows_of(events: Sequence[AuditEvent], *, stated: bool = False) -> list[Row]:
    """`stated`: an event without a justification of its own carries the one that was stated before it."""
    names = Names(events)
    reasons = _stated(events) if stated else {}
    rows = []
    for event in events:
        reason = reasons.get(event.pk)
        rows.append(
            Row(
                event=event,
                person=names.actor(event),
                organisation=names.organisation(event.organisation_id),
                action=action_text(event.action),
                category=category_text(event.category),
                object_type=object_type_text(event.object_type) if event.object_type else "",
                object_name=names.object(event),
                object_key=_object_key(event),
                justification=event.justification or (reason.justification if reason else ""),
                stated_at=reason.at if reason else None,
            )
        )
    return rows


def _object_key(event: AuditEvent) -> str:
    if event.object_label or not event.object_type:
        return event.object_label
    return f"{event.object_type}:{event.object_id}"


def _stated(events: Sequence[AuditEvent]) -> dict[int, AuditEvent]:
    """The statement under which somebody read a case, for each such event that has none itself."""
    bare = [event for event in events if event.actor_id and event.object_id and not event.justification]
    if not bare:
        return {}
    statements = AuditEvent.objects.filter(
        action="case.consult",
        object_type="cases.case",
        object_id__in={event.object_id for event in bare},
        actor_id__in={event.actor_id for event in bare},
        at__gte=min(event.at for event in bare) - STATED_FOR,
    ).order_by("at", "pk")
    found = {}
    for statement in statements:
        for event in bare:
            same = (event.actor_id, event.object_id) == (statement.actor_id, statement.object_id)
            if same and statement.at <= event.at <= statement.at + STATED_FOR:
                found[event.pk] = statement
    return found


@dataclass(frozen=True)
class Reader:
    """One person with how often they read an object, and when last."""

    person: str
    organisation: str
    times: int
    last: datetime


def readers_of(readings: QuerySet[AuditEvent]) -> list[Reader]:
    """Everybody who read an object, the last one first. Reads by the portal itself are left out."""
    grouped = (
        readings.exclude(actor_id=None)
        .order_by()
        .values("actor_id", "organisation_id")
        .annotate(times=Count("pk"), last=Max("at"), label=Max("actor_label"))
        .order_by("-last")
    )
    people = User.objects.in_bulk({one["actor_id"] for one in grouped})
    organisations = Organisation.objects.in_bulk({one["organisation_id"] for one in grouped} - {None})
    return [
        Reader(
            str(people.get(one["actor_id"], one["label"])),
            str(organisations.get(one["organisation_id"], "")),
            one["times"],
            one["last"],
        )
        for one in grouped
    ]


def payload_pairs(event: AuditEvent) -> list[dict[str, Any]]:
    """An event's payload as `components/pairs.html` shows it."""
    payload = event.payload if isinstance(event.payload, dict) else {"": event.payload}
    return [{"label": str(PAYLOAD.get(key, key)), "value": _text(value)} for key, value in sorted(payload.items())]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{name}: {_text(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    return {True: _("Yes"), False: _("No"), None: ""}[value] if value is None or isinstance(value, bool) else str(value)


def blocks_of(events: Sequence[AuditEvent]) -> dict[int, int]:
    """In which block each event is sealed; those that are not yet are missing."""
    leaves = AuditLeaf.objects.filter(event_id__in=[event.pk for event in events])
    return dict(leaves.values_list("event_id", "block_number"))
