"""Identifiers by the thousand: one statement stores what is new, another finds what was there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter

from django.db import connection

from efc_portal.core.encryption import seal_texts
from efc_portal.core.services import data_key_current
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.match_keys import Keys
from efc_portal.indicators.services.identifiers import PURPOSE

# In the order of match keys, as everywhere: writers with values in common wait for each other and never deadlock.
_INSERT = """
INSERT INTO indicators_identifier (type, match_key, value_sealed, data_key_id, first_seen_at, wider_keys)
SELECT type, decode(key, 'hex'), decode(sealed, 'hex'), %s, now(), CASE WHEN wider IS NOT NULL THEN
    (SELECT array_agg(decode(one, 'hex')) FROM unnest(string_to_array(wider, '.')) one) END
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[]) AS new (type, key, sealed, wider)
ON CONFLICT DO NOTHING
RETURNING encode(match_key, 'hex'), id
"""
_SELECT = """
SELECT encode(match_key, 'hex'), id FROM indicators_identifier
WHERE match_key = ANY(ARRAY(SELECT decode(key, 'hex') FROM unnest(%s::text[]) key))
"""
_NULL = "NULL"  # in the literal of an array


def identifiers_resolve_ids(keys: Mapping[Recognised, Keys]) -> dict[Recognised, int]:
    """The id of the stored identifier of each value; new ones are stored.

    What `identifiers_resolve` does, for some thousand values at a time, whose match keys are known already, and without
    making objects of them: call it once in a transaction.
    """
    ordered = sorted(((one.own.hex(), value, one.wider) for value, one in keys.items()), key=itemgetter(0))
    data_key = data_key_current(purpose=PURPOSE)
    contexts = ((value.canonical, f"identifier:{value.type}:{key}") for key, value, _wider in ordered)
    sealed = [one.hex() for one in seal_texts(data_key.plain, contexts)]
    types = [value.type for _key, value, _wider in ordered]
    wider = [".".join([key.hex() for key in some]) or _NULL for _key, _value, some in ordered]
    new = [key for key, _value, _wider in ordered]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [data_key.pk, _array(types), _array(new), _array(sealed), _array(wider)])
        found: dict[str, int] = dict(cursor.fetchall())
        if missing := [key for key in new if key not in found]:
            cursor.execute(_SELECT, [_array(missing)])
            found.update(cursor.fetchall())
    return {value: found[key] for key, value, _wider in ordered}


def _array(words: Sequence[str]) -> str:
    """The literal of an array of codes and hexadecimal numbers, which need no quotes: one parameter."""
    return "{" + ",".join(words) + "}"
