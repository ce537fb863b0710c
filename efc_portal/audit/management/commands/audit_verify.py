"""`manage.py audit_verify`: prove the record whole, or name the first record that is not as the portal wrote it."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from efc_portal.audit.verify import audit_verify
from efc_portal.core.errors import ApplicationError


class Command(BaseCommand):
    help = "Verify the audit record: every event, leaf, block, link and signature. Exit code 1 at the first finding."
    requires_migrations_checks = True

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            metavar="NUMBER:DIGEST",
            help="a block's number and digest as the portal's log showed them; may be given several times",
        )
        parser.add_argument("--since", metavar="DATE", help="verify only what was sealed from this day or time on")

    def handle(self, *args: Any, anchor: list[str], since: str | None, **options: Any) -> None:
        anchors, began = dict(map(_anchor, anchor)), time.monotonic()
        try:
            report = audit_verify(anchors=anchors, since=_moment(since) if since else None)
        except ApplicationError as error:  # the record is broken, or a key is missing
            raise CommandError(error.message) from error
        self.stdout.write(
            f"The record is whole: {report.sealed:,} sealed events in {report.blocks:,} blocks"
            + (f" since {since}" if since else "")
            + f", verified in {time.monotonic() - began:.1f} s."
        )
        if report.unsealed and report.unsealed_since:
            oldest = timezone.localtime(report.unsealed_since)
            self.stdout.write(f"Not sealed yet: {report.unsealed:,} events, the oldest of {oldest:%Y-%m-%d %H:%M:%S}.")
        if report.last:
            self.stdout.write(f"Anchor to keep elsewhere: {report.last.number}:{bytes(report.last.digest).hex()}")


def _anchor(text: str) -> tuple[int, bytes]:
    if not re.fullmatch(r"[0-9]+:[0-9a-fA-F]{64}", text):
        raise CommandError(f"“{text}” is no anchor: write the block's number, a colon, and its 64 hex digits.")
    number, digest = text.split(":")
    return int(number), bytes.fromhex(digest)


def _moment(text: str) -> datetime:
    try:
        if moment := parse_datetime(text):
            return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        if day := parse_date(text):
            return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001
    except ValueError:
        pass
    raise CommandError(f"“{text}” is no date: write it as {datetime.now(UTC):%Y-%m-%d}.")
