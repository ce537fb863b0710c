"""`manage.py work_retry`: another round of attempts for what was set aside."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from efc_portal.workflow.models import WorkItem
from efc_portal.workflow.registry import kinds
from efc_portal.workflow.selectors import work_set_aside
from efc_portal.workflow.services import work_retry


class Command(BaseCommand):
    help = "Give work that was set aside another chance, one by one, all of a step, or all; recorded with the reason."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("items", nargs="*", type=int, default=[], help="numbers, as work_status shows them")
        which.add_argument("--step", metavar="STEP", help="everything of this step, for example mail.send")
        which.add_argument("--all", action="store_true", help="everything that was set aside")
        parser.add_argument("--reason", required=True, help="why it will go better now; stands in the audit record")

    def handle(self, *args: Any, items: list[int], step: str | None, reason: str, **options: Any) -> None:
        if not reason.strip():
            raise CommandError("Say with --reason why it will go better now.")
        found = work_set_aside()
        if items:
            self._all_there(items)
            found = found.filter(pk__in=items)
        elif step:
            if step not in {*kinds(), *found.values_list("kind", flat=True)}:
                raise CommandError(f"No step is called “{step}”. There are: {', '.join(kinds())}.")
            found = found.filter(kind=step)
        retried = sum(work_retry(item=item, actor=None, justification=reason) for item in found.iterator())
        self.stdout.write(
            f"Given another chance: {retried:,}." if retried else "Nothing of that was set aside; nothing was changed."
        )

    def _all_there(self, items: list[int]) -> None:
        """Every number names work that was set aside, or nothing is done."""
        known = WorkItem.objects.in_bulk(items)
        for number in items:
            item = known.get(number)
            if item is None:
                raise CommandError(f"There is no work with the number {number}. “manage.py work_status” shows them.")
            if item.done_at:
                raise CommandError(f"Work {number} ({item.kind}) is done already.")
            if not item.failed_at:
                raise CommandError(f"Work {number} ({item.kind}) was not set aside: it comes due again by itself.")
