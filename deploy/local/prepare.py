"""`python -m deploy.local.prepare`: bring database, keys and static files to where this version of the code needs them.

Runs as the role that owns the tables, in one process, before the parts start. Its last line of output is JSON: whether
the database has any user, and the table of demo accounts where it has.
"""

from __future__ import annotations

import json
import os
import sys
from io import StringIO

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "efc_portal.settings.dev")
    django.setup()

    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    if settings.EFC_KEY_PROVIDER == "file":
        call_command("keys_init", stdout=StringIO())
    print("migrating the database", flush=True)
    call_command("migrate", interactive=False, verbosity=1, stdout=sys.stdout)
    call_command("createcachetable", verbosity=0)
    if role := os.environ.get("EFC_APPLICATION_ROLE"):
        call_command("grant_application_role", role, stdout=StringIO())
    print("collecting static files", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0)

    from efc_portal.core.models import Heartbeat

    Heartbeat.objects.all().delete()
    users, accounts = get_user_model().objects.exists(), StringIO()
    if users:
        call_command("demo_accounts", format="table", stdout=accounts)
    print(json.dumps({"users": users, "accounts": accounts.getvalue()}), flush=True)


if __name__ == "__main__":
    main()
