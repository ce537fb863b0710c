"""One migrated database for all workers of pytest-xdist: made once, while they collect, and copied by each of them.

Migrating takes a core as long as some hundred tests do. The controller starts `python -m tests.database`, which holds
a lock on a file until it ends; a worker waits for the lock and copies what is then there. Without workers
pytest-django makes the database as ever.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

MADE_FOR_ALL = "EFC_TEST_DATABASE"  # in the environment: the lock, beside which stands what the maker printed


def making_start() -> subprocess.Popen[bytes]:
    lock = Path(os.environ["EFC_VAR"], "database.lock")
    os.environ[MADE_FOR_ALL] = str(lock)
    with lock.open("wb") as held, lock.with_suffix(".log").open("wb") as printed:
        fcntl.flock(held, fcntl.LOCK_EX)  # handed on: the maker's end frees it, however it ends
        return subprocess.Popen(
            [sys.executable, "-m", "tests.database"], stdout=printed, stderr=printed, pass_fds=(held.fileno(),)
        )


def copy_of_what_was_made() -> None:
    """Make this worker's database, named as pytest-django wants it. Raises `RuntimeError` when there is no other."""
    from django.db import ProgrammingError, connection

    lock = Path(os.environ[MADE_FOR_ALL])
    with lock.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
    made = f"test_{connection.settings_dict['NAME']}"
    own = connection.creation._get_test_db_name()
    quote = connection.ops.quote_name
    try:
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quote(own)}")
            cursor.execute(f"CREATE DATABASE {quote(own)} TEMPLATE {quote(made)}")
    except ProgrammingError as error:
        raise RuntimeError(lock.with_suffix(".log").read_text()) from error


def main() -> None:
    """Wagtail's hundred migrations run first: each takes longer the more of the portal's models there are already."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "efc_portal.settings.test")
    import django
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    django.setup()
    database = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = connection.creation._create_test_db(verbosity=0, autoclobber=True)
    executor = MigrationExecutor(connection)
    executor.migrate([last for last in executor.loader.graph.leaf_nodes() if last[0].startswith("wagtail")])
    connection.close()
    connection.settings_dict["NAME"] = database
    connection.creation.create_test_db(verbosity=0, serialize=False, keepdb=True)


if __name__ == "__main__":
    main()
