"""Identifiers: one row for each value, whoever reports it and however often."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from efc_portal.core.encryption import match_key
from efc_portal.core.models import DataKey
from efc_portal.core.services import data_key_current
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.match_keys import LYING_UNDER, wider_keys
from efc_portal.indicators.models import Identifier

PURPOSE = "identifiers"  # of the data key that all identifiers share until it is rotated


def identifiers_resolve(recognised: Sequence[Recognised]) -> list[Identifier]:
    """The stored identifier of each value, in the order given; new ones are stored.

    Costs one statement when all are known, four at most otherwise, however many there are. New rows are written in
    the order of their match keys, so that writers with values in common wait for each other and never deadlock:
    call it once in a transaction.
    """
    wanted = {match_key(one.type, one.canonical): one for one in recognised}
    found = _stored(wanted)
    if missing := sorted(wanted.keys() - found.keys()):
        data_key = data_key_current(purpose=PURPOSE)
        Identifier.objects.bulk_create(
            [_sealed(wanted[fingerprint], fingerprint, data_key) for fingerprint in missing], ignore_conflicts=True
        )
        found |= _stored(missing)
    return [found[match_key(one.type, one.canonical)] for one in recognised]


def identifiers_forget_unseen(ids: Iterable[int]) -> int:
    """Forget those of some identifiers that nothing refers to any more; how many. In the running transaction.

    Whoever begins to refer to one meanwhile wins: this transaction then fails at its commit, and is to be repeated.
    """
    table = Identifier._meta.db_table
    unseen = " AND ".join(
        f"NOT EXISTS (SELECT FROM {_quoted(relation.related_model._meta.db_table)} other "
        f"WHERE other.{_quoted(str(relation.field.column))} = {table}.id)"
        for relation in Identifier._meta.related_objects
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE id = ANY(%s) "  # noqa: S608
            f"ORDER BY match_key FOR UPDATE) AND {unseen}",
            [list(ids)],
        )
        return cursor.rowcount


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _stored(fingerprints: Iterable[bytes]) -> dict[bytes, Identifier]:
    rows = Identifier.objects.filter(match_key__in=list(fingerprints))
    return {bytes(row.match_key): row for row in rows}


def _sealed(one: Recognised, fingerprint: bytes, data_key: DataKey) -> Identifier:
    row = Identifier(type=one.type, match_key=fingerprint, data_key=data_key, wider_keys=wider_keys(one) or None)
    row.value_sealed = data_key.seal_text(one.canonical, row.context)
    return row


def identifier_open(identifiers: Iterable[Identifier]) -> dict[int, str]:
    """The canonical value of each identifier by its id, for one statement at most. Raises `Erased` for erased ones."""
    rows = list(identifiers)
    keys = DataKey.objects.in_bulk({row.data_key_id for row in rows}) if rows else {}
    return {row.pk: keys[row.data_key_id].unseal_text(bytes(row.value_sealed), row.context) for row in rows}


def identifiers_cover(*, batch: int = 2000) -> int:
    """Work out what stored identifiers lie under, where that is missing; returns for how many.

    For rows of before it was stored at all, and of a type that learned of wider values later. In committed batches,
    so that it may be broken off and repeated.
    """
    done = after = 0
    while True:
        missing = Identifier.objects.filter(type__in=LYING_UNDER, wider_keys=None, pk__gt=after).order_by("pk")
        with transaction.atomic():
            rows = list(missing.select_for_update()[:batch])
            if not rows:
                return done
            opened = identifier_open(rows)
            for row in rows:
                row.wider_keys = wider_keys(Recognised(row.type, opened[row.pk]))
            Identifier.objects.bulk_update(rows, ["wider_keys"], batch_size=500)
        done, after = done + len(rows), rows[-1].pk
