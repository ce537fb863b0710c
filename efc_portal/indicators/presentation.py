"""Known values and members' own in the form that pages show: opened, named, localised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.models import KnownValue, OwnValue
from efc_portal.indicators.selectors import known_values_open, own_values_open
from efc_portal.indicators.types import type_of

EFFECTS = {KnownEffect.INFORM: "", KnownEffect.REFUSE: "danger"}


@dataclass(frozen=True)
class KnownRow:
    """An entry of the lists, its value opened."""

    entry: KnownValue
    display: str
    type_label: str
    effect_label: str
    effect_kind: str
    reason: str


@dataclass(frozen=True)
class OwnRow:
    """A member's own value, opened."""

    own_value: OwnValue
    display: str
    type_label: str


def effect_label(effect: str) -> str:
    return _("Refuses") if effect == KnownEffect.REFUSE else _("Informs")


def known_rows(entries: Iterable[KnownValue]) -> list[KnownRow]:
    """Entries with their values, for one statement beside the query of the entries."""
    rows = list(entries)
    values = known_values_open(rows)
    return [
        KnownRow(
            one,
            values[one.pk].display,
            str(type_of(one.type).label),
            effect_label(one.effect),
            EFFECTS[KnownEffect(one.effect)],
            _(one.reason),
        )
        for one in rows
    ]


def own_rows(values: Iterable[OwnValue]) -> list[OwnRow]:
    """Members' own values, for one statement beside their query."""
    rows = list(values)
    opened = own_values_open(rows)
    return [OwnRow(one, opened[one.pk].display, str(type_of(one.type).label)) for one in rows]


def known_pairs(entry: KnownValue, recognised: Recognised) -> list[dict[str, Any]]:
    """What an entry says."""
    pairs = [
        (_("Type"), recognised.label),
        (_("List"), str(entry.known_list)),
        (_("What it does"), str(KnownEffect(entry.effect).label)),
        (_("Reason"), _(entry.reason)),
        (_("Below it"), _("Stands for everything below it as well") if entry.covers_below else ""),
        (_("Own of"), str(entry.organisation or "")),
    ]
    return [{"label": label, "value": value} for label, value in pairs if value]


def known_history(entries: Iterable[KnownValue]) -> list[dict[str, Any]]:
    """When a value came on a list and went off it, the latest first."""
    events = []
    for one in entries:
        if one.ended_at:
            title = _("Taken off: %(list)s") % {"list": one.known_list}
            events.append({"title": title, "at": one.ended_at, "by": one.ended_by, "text": one.ended_reason})
        title = _("Put on: %(list)s, %(effect)s") % {"list": one.known_list, "effect": effect_label(one.effect).lower()}
        by = one.added_by or _("the portal’s default list")
        events.append({"title": title, "at": one.added_at, "by": by, "text": _(one.reason)})
    events[0]["state"] = "now"
    return events
