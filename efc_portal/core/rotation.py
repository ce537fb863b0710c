"""Rotating keys while the portal works.

A rotation makes a new key-encryption key current, wraps every data key anew under it, and re-seals the values that
share one data key (`identifiers`) under a fresh one. Values with a data key of their own stay as they are: their key
is wrapped anew. Everything happens in committed batches, so a killed rotation goes on where it stood.

An app whose rows share a data key registers them in its `rotation.py`:

    shared_column("identifiers", Identifier, "value_sealed")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import Conflict
from efc_portal.core.keys import FileKeyProvider, key_provider
from efc_portal.core.models import DataKey, KeyRotation
from efc_portal.core.services import data_key_create, data_key_destroy, data_keys_rewrap

# How long a superseded key is kept at least: a transaction that read it as the current one has ended by then.
GRACE = timedelta(hours=1)

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class SharedColumn:
    """A column of values sealed under the shared data key of a purpose.

    Each row has a foreign key `data_key` and a property `context`, which says what its sealed value is bound to.
    """

    purpose: str
    model: type[models.Model]
    column: str


_columns: list[SharedColumn] = []


def shared_column(purpose: str, model: type[models.Model], column: str) -> None:
    """Have a column re-sealed whenever keys are rotated."""
    _columns.append(SharedColumn(purpose, model, column))


def shared_purposes() -> list[str]:
    return sorted({column.purpose for column in _columns})


def rotation_run(*, batch: int = 500, progress: Progress = lambda what, done: None) -> KeyRotation:
    """Rotate all keys, or finish the rotation that was broken off. Raises `Conflict` while another one runs."""
    with _alone():
        rotation = KeyRotation.objects.filter(finished_at=None).first() or _begin()
        data_keys_rewrap(batch=batch, progress=lambda done: progress("data keys", done))
        for purpose in shared_purposes():
            if newest := _fresh_key(purpose, rotation):
                for column in _columns:
                    if column.purpose == purpose:
                        _reseal(column, newest, batch, progress)
        rotation.finished_at = timezone.now()
        rotation.save(update_fields=["finished_at"])
    return rotation


def _begin() -> KeyRotation:
    provider = key_provider()
    if isinstance(provider, FileKeyProvider):
        provider.add_kek()
    return KeyRotation.objects.create(kek_id=provider.current_id())


def _fresh_key(purpose: str, rotation: KeyRotation) -> DataKey | None:
    """The key of a purpose that this rotation made or makes; none when nothing was ever sealed for the purpose."""
    newest = DataKey.objects.filter(purpose=purpose, destroyed_at=None).order_by("-created_at").first()
    if newest is None or newest.created_at >= rotation.started_at:
        return newest
    return data_key_create(purpose=purpose)


def _reseal(shared: SharedColumn, newest: DataKey, batch: int, progress: Progress) -> None:
    """Re-seal whatever rows are under an older key of the purpose; readers and writers go on meanwhile."""
    older = {key.pk: key for key in _older_keys(shared.purpose, newest)}
    name, done = shared.model._meta.label, 0
    while True:
        with transaction.atomic():
            rows: list[Any] = list(
                shared.model._base_manager.select_for_update(of=("self",))
                .filter(data_key__in=list(older))
                .order_by("pk")[:batch]
            )
            for row in rows:
                plaintext = older[row.data_key_id].unseal(getattr(row, shared.column), row.context)
                setattr(row, shared.column, newest.seal(plaintext, row.context))
                row.data_key = newest
            shared.model._base_manager.bulk_update(rows, [shared.column, "data_key"])
        done += len(rows)
        progress(name, done)
        if not rows:
            return


def _older_keys(purpose: str, newest: DataKey) -> list[DataKey]:
    return list(DataKey.objects.filter(purpose=purpose, destroyed_at=None).exclude(pk=newest.pk))


@dataclass(frozen=True)
class Retired:
    """What a retirement removed: how many superseded shared data keys, and which key-encryption keys.

    `unused` are the ids of key-encryption keys that nothing needs but that only an operator can remove, since they
    come from the environment.
    """

    data_keys: int
    keks: list[str]
    unused: list[str]


def rotation_retire(*, grace: timedelta = GRACE) -> Retired:
    """Destroy superseded shared data keys and remove the key-encryption keys that no data key is wrapped under.

    Raises `Conflict` while a rotation is open, or was finished less than `grace` ago.
    """
    with _alone():
        last = KeyRotation.objects.order_by("-started_at").first()
        if last is None:
            return Retired(0, [], [])
        if last.finished_at is None:
            raise Conflict(_("The last rotation was broken off. Run “manage.py rotate_keys” to finish it first."))
        if (ready := last.finished_at + grace) > timezone.now():
            raise Conflict(
                _("Keys were rotated just now and may still be in use. Retire the old ones after %(time)s."),
                time=timezone.localtime(ready).strftime("%Y-%m-%d %H:%M"),
            )
        return Retired(sum(map(_retire_shared, shared_purposes())), *_retire_keks())


def _retire_shared(purpose: str) -> int:
    """Destroy the older keys of a purpose that no row is sealed under; returns how many."""
    newest = DataKey.objects.filter(purpose=purpose, destroyed_at=None).order_by("-created_at").first()
    if newest is None:
        return 0
    with transaction.atomic():
        pks = [key.pk for key in _older_keys(purpose, newest)]
        older = list(DataKey.objects.select_for_update().filter(pk__in=pks))  # waits for rows that are being inserted
        used = {
            pk
            for column in _columns
            if column.purpose == purpose
            for pk in column.model._base_manager.filter(data_key__in=pks).values_list("data_key", flat=True).distinct()
        }
        unused = [key for key in older if key.pk not in used]
        for key in unused:
            data_key_destroy(data_key=key)
    return len(unused)


def _retire_keks() -> tuple[list[str], list[str]]:
    """Remove unused key files; returns the ids removed, and those that only an operator can remove."""
    provider = key_provider()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE core_datakey IN SHARE MODE")  # no data key is stored between the look and the deed
        used = set(DataKey.objects.filter(destroyed_at=None).values_list("kek_id", flat=True).distinct())
        unused = [kek_id for kek_id in provider.kek_ids() if kek_id not in used and kek_id != provider.current_id()]
        if not isinstance(provider, FileKeyProvider):
            return [], unused
        for kek_id in unused:
            provider.remove_kek(kek_id)
        return unused, []


@contextmanager
def _alone() -> Iterator[None]:
    """One rotation at a time, whatever machine it runs on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('key-rotation'))")
        if not cursor.fetchone()[0]:
            raise Conflict(_("Another rotation of keys is running. Wait until it ends."))
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('key-rotation'))")
