"""The match keys of a value and of what it lies under."""

from __future__ import annotations

from efc_portal.core.encryption import match_key
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
