"""What is known of values before anything is stored of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext

from efc_portal.core.encryption import match_key
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.enums import KnownEffect


@dataclass(frozen=True)
class Known:
    """Why a value means nothing by itself, and what that does: it is shown beside it, or the value is refused."""

    effect: KnownEffect
    reason: str

    @property
    def refuses(self) -> bool:
        return self.effect == KnownEffect.REFUSE


def known_effects(recognised: Iterable[Recognised]) -> dict[Recognised, Known]:
    """What the known-good lists say of these values, for one statement. Values on no list are left out.

    An entry that refuses goes before one that informs, and the value itself before what it lies under.
    """
    keys: dict[Recognised, list[tuple[bytes, bool]]] = {}
    for one in recognised:
        wider = [(match_key(kind, canonical), True) for kind, canonical in one.declaration.covered_by(one.canonical)]
        keys[one] = [(match_key(one.type, one.canonical), False), *wider]
    wanted = {fingerprint for pairs in keys.values() for fingerprint, _is_wider in pairs}
    rows = _active_entries(wanted) if wanted else {}
    found: dict[Recognised, Known] = {}
    for one, pairs in keys.items():
        entries = [
            row
            for fingerprint, is_wider in pairs
            if (row := rows.get(fingerprint)) is not None and (row.covers_below or not is_wider)
        ]
        if entries:
            entry = next((row for row in entries if row.effect == KnownEffect.REFUSE), entries[0])
            found[one] = Known(KnownEffect(entry.effect), gettext(entry.reason))
    return found


class _Entry(NamedTuple):
    match_key: memoryview
    effect: str
    reason: str
    covers_below: bool


def _active_entries(fingerprints: Iterable[bytes]) -> dict[bytes, _Entry]:
    """The entries of the lists by their match key. In plain SQL: every value on every path is asked for here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT match_key, effect, reason, covers_below FROM indicators_knownvalue "
            "WHERE ended_at IS NULL AND match_key = ANY(%s)",
            [list(fingerprints)],
        )
        return {bytes(row[0]): _Entry(*row) for row in cursor.fetchall()}


def known_effect(recognised: Recognised) -> Known | None:
    """What the known-good lists say of one value."""
    return known_effects([recognised]).get(recognised)
