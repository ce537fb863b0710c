"""What values in rows of files name beside themselves, as for those of the form, by the thousand.

The rows stand already, so nothing is read from the file again: of the identifiers of some rows, those that lie under
another value are opened, what they name is stored, and the relations are written by one statement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import connection

from efc_portal.core.models import DataKey
from efc_portal.indicators.match_keys import keys_of
from efc_portal.indicators.selectors import known_by_keys
from efc_portal.indicators.services import identifiers_resolve_ids
from efc_portal.indicators.types import Recognised
from efc_portal.submissions.relations import kind_named, named_by

_LYING_UNDER = """
SELECT data_key_id, id, type, encode(match_key, 'hex'), value_sealed FROM indicators_identifier
WHERE wider_keys IS NOT NULL AND id IN (
    SELECT identifier_id FROM submissions_sighting
    WHERE submission_id = %s AND position BETWEEN %s AND %s AND withdrawn_at IS NULL)
"""
# Whoever takes a value back waits for what is written (`value_withdraw` locks the submission), and removes it then.
_HOLD = "SELECT FROM submissions_submission WHERE id = %s FOR KEY SHARE"
# What was taken back meanwhile relates nothing; what another row or the form says already is said once. In one order,
# so that writers with values in common wait for each other.
_INSERT = """
INSERT INTO submissions_relation (submission_id, source_id, target_id, kind)
SELECT %(submission)s, source, target, kind
FROM unnest(%(sources)s::bigint[], %(targets)s::bigint[], %(kinds)s::text[])
    WITH ORDINALITY AS new (source, target, kind, place)
WHERE NOT EXISTS (
    SELECT FROM submissions_withdrawal w WHERE w.submission_id = %(submission)s AND w.identifier_id IN (source, target))
ORDER BY source, place
ON CONFLICT DO NOTHING
"""


def row_relations_write(*, submission_id: UUID, first: int, last: int) -> None:
    """Write what the values between two positions of a submission name: five statements. Written again, it stays.

    In the running transaction, of which it stores the new identifiers.
    """
    pairs = [(pk, one, wider) for pk, one in _lying_under(submission_id, first, last) for wider in named_by(one)]
    keys = keys_of(wider for _pk, _one, wider in pairs)
    known = known_by_keys(keys)
    keys = {wider: key for wider, key in keys.items() if wider not in known}
    if not keys:
        return
    ids = identifiers_resolve_ids(keys)
    written = [
        (pk, ids[wider], kind_named(one, wider)) for pk, one, wider in pairs if wider in ids and ids[wider] != pk
    ]
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [submission_id])
        cursor.execute(
            _INSERT,
            {
                "submission": submission_id,
                "sources": _array(source for source, _target, _kind in written),
                "targets": _array(target for _source, target, _kind in written),
                "kinds": _array(kind for _source, _target, kind in written),
            },
        )


def _lying_under(submission_id: UUID, first: int, last: int) -> Iterator[tuple[int, Recognised]]:
    """The identifiers of some rows that lie under others, by their ids."""
    by_key = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_LYING_UNDER, [submission_id, first, last])
        for data_key, *row in cursor.fetchall():
            by_key[data_key].append(row)
    for data_key in DataKey.objects.filter(pk__in=by_key):
        rows = by_key[data_key.pk]
        values = data_key.unseal_texts((sealed, f"identifier:{kind}:{key}") for _pk, kind, key, sealed in rows)
        for (pk, kind, _key, _sealed), value in zip(rows, values, strict=True):
            yield pk, Recognised(kind, value)


def _array(parts: Iterable[object]) -> str:
    """The literal of an array of numbers or codes, which need no quotes."""
    return "{" + ",".join(map(str, parts)) + "}"
