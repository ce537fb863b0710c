"""`manage.py secretariat_found`: the secretariat and its first manager, where there is none."""

from __future__ import annotations

from typing import Any

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from efc_portal.accounts.models import User
from efc_portal.core.addresses import domain_of
from efc_portal.core.errors import ApplicationError
from efc_portal.partners.register.founding import secretariat_found


class Command(BaseCommand):
    help = "Create the secretariat and its first manager, and print the link that sets the manager's password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the manager's e-mail address")
        parser.add_argument("name", help="the manager's name, in quotation marks")
        parser.add_argument("--secretariat", default="Secretariat", help="what it is called (default: Secretariat)")
        parser.add_argument("--country", default="BE", help="two letters, by ISO 3166-1 (default: BE)")
        parser.add_argument(
            "--domain",
            action="append",
            default=[],
            help="of the addresses of its people; can be repeated (default: that of the manager's address)",
        )
        languages = [code for code, _name in settings.INTERFACE_LANGUAGES]
        parser.add_argument("--language", default=languages[0], choices=languages, help="in which the manager reads")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manager = secretariat_found(
                name=options["secretariat"],
                country=options["country"],
                manager=options["name"],
                email=options["email"],
                language=options["language"],
                domains=options["domain"] or [domain_of(options["email"])],
            )
        except ApplicationError as error:
            raise CommandError(error.message) from error
        minutes = settings.PASSWORD_RESET_TIMEOUT // 60
        self.stdout.write(f"{options['secretariat']} is there, and {manager.name} is its manager.")
        self.stdout.write(f"This link sets the password; it works once, within {minutes} minutes:")
        self.stdout.write(settings.PORTAL_URL + _link(manager))
        self.stdout.write(f"Later, {settings.PORTAL_URL}{reverse('account_reset_password')} sends another.")


def _link(person: User) -> str:
    names = {"uidb36": user_pk_to_url_str(person), "key": PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)}
    return reverse("account_reset_password_from_key", kwargs=names)
