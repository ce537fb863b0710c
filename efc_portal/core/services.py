"""Writes to the rows of `core`: references, and the life of data keys."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from efc_portal.core.keys import key_provider
from efc_portal.core.models import DataKey
from efc_portal.core.rows import rows_insert


def reference_next(kind: str) -> str:
    """The next reference of a kind (`S`, `C`, `R`) in this year, without gaps.

    Call it as the last write of the transaction: the counter's row stays locked until the commit.
    """
    year = timezone.localdate().year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_referencecounter (kind, year, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (kind, year) DO UPDATE SET last = core_referencecounter.last + 1 RETURNING last",
            [kind, year],
        )
        number = cursor.fetchone()[0]
    return f"{kind}-{year}-{number:06d}"


def data_key_create(*, purpose: str) -> DataKey:
    """Create and save a data key."""
    data_key = DataKey.new(purpose)
    rows_insert([data_key])
    return data_key


def data_key_current(*, purpose: str) -> DataKey:
    """The newest living key of a purpose that many objects share (`identifiers`); made when there is none."""
    found = DataKey.objects.filter(purpose=purpose, destroyed_at=None).order_by("-created_at").first()
    if found:
        return found
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"data-key:{purpose}"])
        found = DataKey.objects.filter(purpose=purpose, destroyed_at=None).order_by("-created_at").first()
        return found or data_key_create(purpose=purpose)


def data_key_destroy(*, data_key: DataKey) -> None:
    """Erase whatever the key sealed, by forgetting the key. Cannot be undone."""
    DataKey.objects.filter(pk=data_key.pk, destroyed_at=None).update(wrapped=None, destroyed_at=timezone.now())


def data_keys_rewrap(*, batch: int = 500, progress: Callable[[int], None] = lambda done: None) -> int:
    """Wrap every data key under the current key-encryption key; returns how many were changed.

    Works in committed batches, so that a broken run goes on where it stood, and may run beside a working portal.
    """
    provider = key_provider()
    current, done = provider.current_id(), 0
    while True:
        with transaction.atomic():
            keys = list(
                DataKey.objects.select_for_update()
                .filter(destroyed_at=None)
                .exclude(kek_id=current)
                .order_by("pk")[:batch]
            )
            for key in keys:
                key.kek_id, key.wrapped = provider.wrap(key.plain, key.wrap_context)
            DataKey.objects.bulk_update(keys, ["kek_id", "wrapped"])
        done += len(keys)
        progress(done)
        if not keys:
            return done
