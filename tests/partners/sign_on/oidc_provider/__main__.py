"""Make the provider's database, its people and its one client, say on which port it listens, and serve."""

from __future__ import annotations

import json
import os
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.partners.sign_on.oidc_provider.settings"

import django


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def main() -> None:
    django.setup()
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    wanted = json.loads(os.environ["PROVIDER_WANTED"])
    call_command("migrate", verbosity=0)
    for one in wanted["people"]:
        user = User.objects.create(username=one["name"], last_name=one.get("how", ""))
        if one["email"]:
            EmailAddress.objects.create(user=user, email=one["email"], verified=one.get("verified", True), primary=True)
    Client.objects.create(
        id=wanted["client_id"],
        name="The coalition's portal",
        secret=make_password(wanted["client_secret"]),
        scopes="openid\nemail",
        redirect_uris="\n".join(wanted["redirects"]),
        skip_consent=True,
    )
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Server, handler_class=Quiet)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


main()
