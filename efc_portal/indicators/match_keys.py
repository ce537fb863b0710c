"""The match keys of a value and of what it lies under."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from efc_portal.core.encryption import match_key, match_keys
from efc_portal.indicators.declaration import IndicatorType, Recognised
from efc_portal.indicators.types import TYPES

# The types whose values lie under others: an address under its domain, a host under its parent domains.
LYING_UNDER = frozenset(
    code for code, declaration in TYPES.items() if type(declaration).covered_by is not IndicatorType.covered_by
)


def own_key(one: Recognised) -> bytes:
    return match_key(one.type, one.canonical)


def wider_keys(one: Recognised) -> list[bytes]:
    """The match keys of the wider values that one lies under, as `Identifier.wider_keys` holds them. Often none."""
    if one.type not in LYING_UNDER:
        return []
    return [match_key(kind, canonical) for kind, canonical in one.declaration.covered_by(one.canonical)]


class Keys(NamedTuple):
    """The match keys of one value: its own, and those of what it lies under."""

    own: bytes
    wider: tuple[bytes, ...]


def keys_of(recognised: Iterable[Recognised]) -> dict[Recognised, Keys]:
    """The match keys of many values. What several lie under is worked out once."""
    values = list(dict.fromkeys(recognised))
    under = {one: list(one.declaration.covered_by(one.canonical)) for one in values if one.type in LYING_UNDER}
    pairs = list(dict.fromkeys(pair for some in under.values() for pair in some))
    known = dict(zip(pairs, match_keys(pairs), strict=True))
    own = match_keys((one.type, one.canonical) for one in values)
    return {
        one: Keys(key, tuple(known[pair] for pair in under.get(one, ()))) for one, key in zip(values, own, strict=True)
    }
