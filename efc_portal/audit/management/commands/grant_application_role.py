"""`manage.py grant_application_role <role>`: after each migration, run as the role that owns the tables."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from efc_portal.audit.grants import application_role_grant
from efc_portal.core.errors import ApplicationError


class Command(BaseCommand):
    help = (
        "Give the database role that web, worker and beat use its rights: all tables to work with, "
        "the audit record to read and append to, never to change."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="the role's name, as in the user part of DATABASE_URL")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        try:
            application_role_grant(role=role)
        except ApplicationError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"{role} may work with the portal's tables, and only append to the audit record.")
