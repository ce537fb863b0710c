"""`manage.py purge_expired`: erase what has reached the end of its time, as the portal does each night by itself."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from efc_portal.core.retention import expired_purge


class Command(BaseCommand):
    help = "Erase everything whose time is over. It can be repeated; each kind of things says how many were erased."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind, number in expired_purge().items():
            self.stdout.write(f"{kind}: {number} erased")
