"""`manage.py demo_accounts`: who may sign in to the demo, and how."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from efc_portal.demo.coalition import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "List the demo accounts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("There are demo accounts in demo mode alone.")
        accounts = [
            {
                "role": ", ".join(roles),
                "organisation": organisation,
                "email": email,
                "password": PASSWORD,
                "second_factor": f"enter {settings.DEMO_SECOND_FACTOR_CODE}",
                "language": language,
            }
            for email, _name, organisation, roles, language in PEOPLE
        ]
        if options["format"] == "json":
            self.stdout.write(json.dumps(accounts, indent=2))
            return
        heads = ("Role", "Organisation", "E-mail", "Password", "Second factor")
        names = ("role", "organisation", "email", "password", "second_factor")
        rows = [heads, *(tuple(account[name] for name in names) for account in accounts)]
        widths = [max(len(row[place]) for row in rows) for place in range(len(heads))]
        for row in rows:
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
