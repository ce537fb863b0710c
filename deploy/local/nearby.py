"""Which servers answer on their standard ports of this machine: `.ci/run` repeats the workflow's tests on them.

Prints one `NAME=url` for each; says on standard error which it found and which it did not.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from deploy.local.servers import require_broker, require_cache, require_database
from deploy.local.stop import Stop

# name in the environment: what it is called, where it may answer, what the tests use there, how to ask
STANDARD: dict[str, tuple[str, str, str, Callable[[], None]]] = {
    "DATABASE_URL": (
        "PostgreSQL",
        "postgres://postgres@127.0.0.1:5432/postgres",
        "postgres://postgres@127.0.0.1:5432/efc_ci",  # pytest-django works in test_efc_ci beside it
        require_database,
    ),
    "CELERY_BROKER_URL": (
        "RabbitMQ",
        "amqp://guest:guest@127.0.0.1:5672//",
        "amqp://guest:guest@127.0.0.1:5672//",
        require_broker,
    ),
    "CACHE_URL": ("Redis", "redis://127.0.0.1:6379/0", "redis://127.0.0.1:6379/0", require_cache),
}


def main() -> None:
    for name, (title, where, used, ask) in STANDARD.items():
        os.environ[name] = where
        try:
            ask()
        except Stop:
            print(f"{title}: none answers at {where}", file=sys.stderr)
            continue
        print(f"{title}: {used}", file=sys.stderr)
        print(f"{name}={used}")


if __name__ == "__main__":
    main()
