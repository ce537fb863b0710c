"""`manage.py draw_lifecycles`: the transition tables as pictures in `docs/lifecycles/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from efc_portal.partners.lifecycles.chart import Chart
from efc_portal.partners.lifecycles.whole import whole_drawn
from efc_portal.workflow.transitions import lifecycles

FOLDER = Path(settings.BASE_DIR, "docs", "lifecycles")
AGAIN = "run “manage.py draw_lifecycles” and commit docs/lifecycles/"


class Command(BaseCommand):
    help = "Draw every lifecycle, and the whole workflow, from the transition tables into docs/lifecycles/."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a picture is out of date")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        with translation.override("en"):
            pictures = {f"{one.noun}.svg": Chart(one).drawn() for one in lifecycles()}
            pictures["workflow.svg"] = whole_drawn()
        old = {path.name: path.read_text() for path in FOLDER.glob("*.svg")}
        if check:
            if stale := sorted(name for name in {*old, *pictures} if old.get(name) != pictures.get(name)):
                raise CommandError(f"Out of date: {', '.join(stale)}. The transition tables changed: {AGAIN}.")
            return
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in old.keys() - pictures.keys():
            (FOLDER / name).unlink()
        for name, picture in pictures.items():
            (FOLDER / name).write_text(picture)
            self.stdout.write(f"docs/lifecycles/{name}")
