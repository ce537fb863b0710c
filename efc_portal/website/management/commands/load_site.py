"""`manage.py load_site`: the public site's initial content, once."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from efc_portal.core.errors import ApplicationError
from efc_portal.website.loading import site_load


class Command(BaseCommand):
    help = "Load the public site's initial pages. Pages that were loaded before are left as editors made them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="also load invented news, reports and a chart")

    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        try:
            titles = site_load(demo=demo)
        except ApplicationError as error:
            raise CommandError(error.message) from error
        for title in titles:
            self.stdout.write(f"loaded: {title}")
        if not titles:
            self.stdout.write("The site’s initial content is there already; nothing was changed.")
        elif not demo:
            self.stdout.write("Read the notices (privacy, accessibility, terms, security) before the site opens.")
