"""`manage.py known_values_load`: add what is missing of the lists every portal begins with. Can be repeated."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from efc_portal.indicators.services import identifiers_cover, known_values_load_defaults


class Command(BaseCommand):
    help = "Add what is missing of the lists of known values. What an officer ended stays ended."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{known_values_load_defaults()} values added to the lists of known values.")
        if covered := identifiers_cover():
            self.stdout.write(f"{covered} stored identifiers were asked what they lie under.")
