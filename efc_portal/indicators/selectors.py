"""What is known of values, before and after anything is stored of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from efc_portal.core.models import DataKey
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.enums import KnownEffect
from efc_portal.indicators.match_keys import Keys, keys_of
from efc_portal.indicators.models import KnownList, KnownValue, OwnValue
from efc_portal.indicators.types import TYPES


@dataclass(frozen=True)
class Known:
    """Why a value means nothing by itself, and what that does: it is shown beside it, or the value is refused."""

    effect: KnownEffect
    reason: str
    entry: UUID

    @property
    def refuses(self) -> bool:
        return self.effect == KnownEffect.REFUSE


def known_effects(recognised: Iterable[Recognised], *, full: bool = False) -> dict[Recognised, Known]:
    """What the lists of known values say of these, for one statement. Values on no list are left out.

    An entry that refuses goes before one that informs, and the value itself before what it lies under. The reasons of
    discreet lists name whose a value is: `full` gives them to officers, everybody else reads that it is known.
    """
    return known_by_keys(keys_of(recognised), full=full)


def known_by_keys(keys: Mapping[Recognised, Keys], *, full: bool = False) -> dict[Recognised, Known]:
    """As `known_effects`, for whoever has the match keys already."""
    wanted = {fingerprint for one in keys.values() for fingerprint in (one.own, *one.wider)}
    rows = _active_entries(wanted) if wanted else {}
    if not rows:
        return {}
    told: dict[UUID, Known] = {}
    found: dict[Recognised, Known] = {}
    for one, (own, wider) in keys.items():
        entries = [row for key in wider if (row := rows.get(key)) is not None and row.covers_below]
        if (row := rows.get(own)) is not None:
            entries.insert(0, row)
        if entries:
            entry = next((row for row in entries if row.effect == KnownEffect.REFUSE), entries[0])
            if entry.pk not in told:
                told[entry.pk] = Known(KnownEffect(entry.effect), entry.told(full), entry.pk)
            found[one] = told[entry.pk]
    return found


class _Entry(NamedTuple):
    match_key: memoryview
    pk: UUID
    effect: str
    reason: str
    covers_below: bool
    discreet: bool

    def told(self, full: bool) -> str:
        if full or not self.discreet:
            return gettext(self.reason)
        if self.effect == KnownEffect.REFUSE:
            return gettext(
                "This value is known, and is not taken. Write to the secretariat if it belongs into a report."
            )
        return gettext("On a list of known values: that it turns up says nothing by itself.")


def _active_entries(fingerprints: Iterable[bytes]) -> dict[bytes, _Entry]:
    """The entries of the lists by their match key. In plain SQL: every value on every path is asked for here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.match_key, k.id, k.effect, k.reason, k.covers_below, l.discreet FROM indicators_knownvalue k "
            "JOIN indicators_knownlist l ON l.id = k.known_list_id "
            "WHERE k.ended_at IS NULL "
            "AND k.match_key = ANY(ARRAY(SELECT decode(key, 'hex') FROM unnest(%s::text[]) key))",
            ["{" + ",".join(one.hex() for one in fingerprints) + "}"],
        )
        return {bytes(row[0]): _Entry(*row) for row in cursor.fetchall()}


def known_effect(recognised: Recognised, *, full: bool = False) -> Known | None:
    """What the lists of known values say of one value."""
    return known_effects([recognised], full=full).get(recognised)


# --- the lists and their entries


def get_known_for(user: object, pk: UUID) -> KnownValue:
    """An entry, active or ended, for who keeps the lists."""
    entries = KnownValue.objects.visible_to(user)
    related = entries.select_related("known_list", "organisation", "added_by", "ended_by", "data_key")
    return get_object_or_404(related, pk=pk)


def get_own_for(user: object, pk: UUID) -> OwnValue:
    """A value that a member says is its own: for that member, and for who keeps the lists."""
    values = OwnValue.objects.visible_to(user)
    return get_object_or_404(
        values.select_related("organisation", "proposed_by", "decided_by", "data_key", "known_value"), pk=pk
    )


def known_lists() -> QuerySet[KnownList]:
    """Every list, with how many entries stand on it now."""
    lists: Any = KnownList.objects.annotate(active=Count("entries", filter=Q(entries__ended_at=None)))
    return lists.order_by("name")


def known_values_open(entries: Iterable[KnownValue]) -> dict[UUID, Recognised]:
    """The value of each entry, for one statement at most."""
    rows = list(entries)
    keys = DataKey.objects.in_bulk({row.data_key_id for row in rows if row.data_key_id})
    return {row.pk: Recognised(row.type, row.label or _unsealed(row, keys)) for row in rows}


def own_values_open(values: Iterable[OwnValue]) -> dict[UUID, Recognised]:
    """The value of each, for one statement at most."""
    rows = list(values)
    keys = DataKey.objects.in_bulk({row.data_key_id for row in rows})
    return {row.pk: Recognised(row.type, _unsealed(row, keys)) for row in rows}


def _unsealed(row: KnownValue | OwnValue, keys: dict[Any, DataKey]) -> str:
    assert row.value_sealed is not None  # a constraint says that it is sealed when it has no label
    return keys[row.data_key_id].unseal_text(bytes(row.value_sealed), row.context)


# --- how often a value is reported, and above which number that makes it common


@dataclass(frozen=True)
class Reports:
    """How many finished submissions report a value, counted to one above the largest limit, and the latest of them."""

    number: int = 0
    latest: tuple[tuple[str, str], ...] = ()  # reference and address, for officers alone


_reports_sources: list[Callable[[bytes], Reports]] = []


def reports_source(source: Callable[[bytes], Reports]) -> Callable[[bytes], Reports]:
    """Register who knows which submissions report a value: an app above this one does."""
    _reports_sources.append(source)
    return source


def reports_of(fingerprint: bytes) -> Reports:
    """Which finished submissions report a value, by its match key."""
    found = (source(fingerprint) for source in _reports_sources)
    return next((one for one in found if one.number), Reports())


def cap_of(type_code: str) -> int:
    """Above how many other submissions a value of a type is common, where no officer said otherwise."""
    cap = TYPES[type_code].cap if type_code in TYPES else None
    return settings.IDENTIFIER_COMMON_CAP if cap is None else cap


def cap_parameters() -> dict[str, Any]:
    """The parameters of the SQL expression `querysets.cap`."""
    caps = {code: declaration.cap for code, declaration in TYPES.items() if declaration.cap is not None}
    return {"cap": settings.IDENTIFIER_COMMON_CAP, "caps": json.dumps(caps)}
