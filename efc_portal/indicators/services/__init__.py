"""Writes of identifiers and of the lists of known values, and the opening of sealed values."""

from efc_portal.indicators.services.bulk import identifiers_resolve_ids
from efc_portal.indicators.services.common_caps import common_cap_set
from efc_portal.indicators.services.identifiers import (
    identifier_open,
    identifiers_cover,
    identifiers_forget_unseen,
    identifiers_resolve,
)
from efc_portal.indicators.services.known_values import (
    NewKnown,
    known_list_make,
    known_list_of,
    known_value_add,
    known_value_end,
    known_value_open,
    known_values_add,
    known_values_load_defaults,
)
from efc_portal.indicators.services.own_values import (
    own_list_code,
    own_value_confirm,
    own_value_decline,
    own_value_open,
    own_value_propose,
    own_value_withdraw,
    own_values_end,
    own_values_lapse,
)

__all__ = [
    "NewKnown",
    "common_cap_set",
    "identifier_open",
    "identifiers_cover",
    "identifiers_forget_unseen",
    "identifiers_resolve",
    "identifiers_resolve_ids",
    "known_list_make",
    "known_list_of",
    "known_value_add",
    "known_value_end",
    "known_value_open",
    "known_values_add",
    "known_values_load_defaults",
    "own_list_code",
    "own_value_confirm",
    "own_value_decline",
    "own_value_open",
    "own_value_propose",
    "own_value_withdraw",
    "own_values_end",
    "own_values_lapse",
]
