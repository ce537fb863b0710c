"""`manage.py known_values_load`: add what is missing of the default known-good list. Can be repeated."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from efc_portal.indicators.services import known_values_load_defaults


class Command(BaseCommand):
    help = "Add what is missing of the default known-good list. What an officer ended stays ended."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{known_values_load_defaults()} values added to the known-good list.")
