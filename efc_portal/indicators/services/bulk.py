"""Identifiers by the thousand: one statement stores what is new, another finds what was there."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from efc_portal.core.encryption import match_keys, seal_texts
from efc_portal.core.services import data_key_current
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.services.identifiers import PURPOSE

# In the order of match keys, as everywhere: writers with values in common wait for each other and never deadlock.
_INSERT = """
INSERT INTO indicators_identifier (type, match_key, value_sealed, data_key_id, first_seen_at)
SELECT type, decode(key, 'hex'), decode(sealed, 'hex'), %s, now()
FROM unnest(%s::text[], %s::text[], %s::text[]) AS new (type, key, sealed)
ON CONFLICT DO NOTHING
RETURNING encode(match_key, 'hex'), id
"""
_SELECT = """
SELECT encode(match_key, 'hex'), id FROM indicators_identifier
WHERE match_key = ANY(ARRAY(SELECT decode(key, 'hex') FROM unnest(%s::text[]) key))
"""


def identifiers_resolve_ids(recognised: Sequence[Recognised]) -> list[int]:
    """The id of the stored identifier of each value, in the order given; new ones are stored.

    What `identifiers_resolve` does, for some thousand values at a time and without making objects of them: call it
    once in a transaction.
    """
    keys = [key.hex() for key in match_keys((one.type, one.canonical) for one in recognised)]
    wanted = dict(zip(keys, recognised, strict=True))
    ordered = sorted(wanted)
    data_key = data_key_current(purpose=PURPOSE)
    values = ((wanted[key].canonical, f"identifier:{wanted[key].type}:{key}") for key in ordered)
    sealed = [one.hex() for one in seal_texts(data_key.plain, values)]
    types = [wanted[key].type for key in ordered]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [data_key.pk, _array(types), _array(ordered), _array(sealed)])
        found: dict[str, int] = dict(cursor.fetchall())
        if missing := [key for key in ordered if key not in found]:
            cursor.execute(_SELECT, [_array(missing)])
            found.update(cursor.fetchall())
    return [found[key] for key in keys]


def _array(words: Sequence[str]) -> str:
    """The literal of an array of codes and hexadecimal numbers, which need no quotes: one parameter."""
    return "{" + ",".join(words) + "}"
