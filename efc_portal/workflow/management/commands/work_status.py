"""`manage.py work_status`: what work stands where."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from efc_portal.workflow.selectors import StepCounts, work_counts, work_set_aside

LISTED = 50
HEADS = ("step", "due", "later", "aside", "done", "oldest open", "last done", "last error")


class Command(BaseCommand):
    help = (
        "Show how much work of each step is due now, comes due later, was set aside for a person, and was done in the "
        "last thirty days; with what was set aside one by one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="for a script: one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        steps = work_counts()
        if options["json"]:
            self.stdout.write(json.dumps({"steps": [asdict(one) for one in steps]}, cls=DjangoJSONEncoder, indent=2))
            return
        if not steps:
            self.stdout.write("No work was ever asked for.")
            return
        self._table([HEADS, *map(_cells, steps)])
        self._aside(sum(one.aside for one in steps))

    def _table(self, rows: list[tuple[str, ...]]) -> None:
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            first, *numbers = (
                cell.rjust(width) if 1 <= place <= 4 else cell.ljust(width)
                for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            self.stdout.write("  ".join((first, *numbers)).rstrip())

    def _aside(self, number: int) -> None:
        if not number:
            self.stdout.write("\nNothing was set aside.")
            return
        self.stdout.write(f"\nSet aside, waiting for “manage.py work_retry”: {number:,}")
        for item in work_set_aside()[:LISTED]:
            self.stdout.write(
                f"  {item.pk}  {item.kind}  {item.subject_id}  since {_time(item.failed_at)}  "
                f"after {item.attempts} attempts  {item.error}"
            )
        if number > LISTED:
            self.stdout.write(f"  … and {number - LISTED:,} more")


def _cells(step: StepCounts) -> tuple[str, ...]:
    numbers = (f"{number:,}" for number in (step.due, step.later, step.aside, step.done))
    return (step.kind, *numbers, _time(step.oldest_open), _time(step.last_done), step.last_error or "–")


def _time(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else "–"
