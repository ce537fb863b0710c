"""`manage.py rotate_keys`: change the keys that protect the data, while the portal works.

It stands here and not in `core`, because a rotation is recorded and `core` knows nothing of the record.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError
from efc_portal.core.rotation import rotation_retire, rotation_run


class Command(BaseCommand):
    help = (
        "Make a new key-encryption key (or use the newest in EFC_KEK), wrap every data key anew under it and re-seal "
        "what shares a data key. Finishes a rotation that was broken off."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--retire",
            action="store_true",
            help="destroy the old keys that nothing needs any more, an hour after the rotation or later; "
            "older backups can then be read only with a copy of the old key",
        )

    def handle(self, *args: Any, retire: bool, **options: Any) -> None:
        try:
            if retire:
                self._retire()
            else:
                self._rotate()
        except ApplicationError as error:
            raise CommandError(error.message) from error

    def _rotate(self) -> None:
        done: dict[str, int] = {}

        def progress(what: str, count: int) -> None:
            if count != done.get(what):
                self.stdout.write(f"{what}: {count}")
            done[what] = count

        rotation = rotation_run(progress=progress)
        audit_record(
            action="keys.rotate",
            category=Category.OPERATION,
            actor=None,
            ids=[rotation.kek_id],
            count=sum(done.values()),
        )
        self.stdout.write(f"Keys are rotated: everything is under the key-encryption key {rotation.kek_id}.")

    def _retire(self) -> None:
        retired = rotation_retire()
        audit_record(
            action="keys.retire", category=Category.OPERATION, actor=None, ids=retired.keks, count=retired.data_keys
        )
        self.stdout.write(
            f"Destroyed {retired.data_keys} superseded data keys; "
            f"removed key-encryption keys: {', '.join(retired.keks) or 'none'}."
        )
        if retired.unused:
            self.stdout.write(f"No longer needed, remove them from EFC_KEK: {', '.join(retired.unused)}.")
