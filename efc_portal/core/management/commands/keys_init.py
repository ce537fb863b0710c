"""`manage.py keys_init`: create the portal's secret keys where they are kept in files."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from efc_portal.core.keys import FileKeyProvider, key_provider


class Command(BaseCommand):
    help = "Create whatever secret key is missing from the key folder. Existing keys are never touched."

    def handle(self, *args: Any, **options: Any) -> None:
        provider = key_provider()
        if not isinstance(provider, FileKeyProvider):
            raise CommandError("Keys come from the environment here: set EFC_KEK and the other secrets there.")
        created = provider.create_missing()
        self.stdout.write(f"{provider.folder}: created {', '.join(created)}" if created else "All keys exist.")
