"""Writes of identifiers and of the known-good lists, and the opening of sealed values."""

from efc_portal.indicators.services.bulk import identifiers_resolve_ids
from efc_portal.indicators.services.identifiers import (
    identifier_open,
    identifiers_forget_unseen,
    identifiers_resolve,
)
from efc_portal.indicators.services.known_values import (
    known_value_add,
    known_value_end,
    known_value_open,
    known_values_load_defaults,
)

__all__ = [
    "identifier_open",
    "identifiers_forget_unseen",
    "identifiers_resolve",
    "identifiers_resolve_ids",
    "known_value_add",
    "known_value_end",
    "known_value_open",
    "known_values_load_defaults",
]
