"""Load a list of breached passwords, so that nobody can choose one of them."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from efc_portal.accounts.breached.digests import digests_of_hashes, digests_of_passwords, digests_write
from efc_portal.core.errors import ApplicationError


class Command(BaseCommand):
    help = (
        "Builds the file of breached passwords from a list on this machine: SHA-1 hashes, ordered by hash, as "
        "“Have I Been Pwned” gives them out. The file replaces the one before it. No network is used."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("list", type=Path, help="the list")
        parser.add_argument("--to", type=Path, default=settings.BREACHED_PASSWORDS_FILE, help="the file to build")
        parser.add_argument(
            "--at-least", type=int, default=1, metavar="TIMES", help="leave out what was seen less often than this"
        )
        parser.add_argument(
            "--passwords", action="store_true", help="the list holds passwords, one on a line, and fits into memory"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            with options["list"].open("rb") as lines:
                digests = (
                    digests_of_passwords(lines)
                    if options["passwords"]
                    else digests_of_hashes(lines, at_least=options["at_least"])
                )
                count = digests_write(Path(options["to"]), digests)
        except OSError as error:
            raise CommandError(f"{error.filename or options['list']}: {error.strerror}") from error
        except ApplicationError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count:,} breached passwords in {options['to']}, {time.monotonic() - began:.0f} s")
