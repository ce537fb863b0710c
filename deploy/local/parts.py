"""`python -m deploy.local.parts <part>`: become one part of the portal, bound to the life of what started it.

The supervisor and the steps of a start die with the launcher, each part with the supervisor, even by `kill -9`: the
kernel sees to it.
"""

from __future__ import annotations

import json
import os
import signal
import sys

from deploy.local.postgres import clean_environment
from deploy.local.processes import die_with

SUPERVISOR = "supervisor"
STEPS = ("prepare", "seed", "accounts")  # what the launcher itself starts, beside the supervisor
LAUNCHER_PID, SUPERVISOR_PID = "EFC_LAUNCHER_PID", "EFC_SUPERVISOR_PID"
CONFIGURATION, POSTGRES_COMMAND = "EFC_SUPERVISOR_CONF", "EFC_POSTGRES_COMMAND"


WORKER_NICENESS = 10  # a page that somebody waits for goes before work behind the scenes
CELERY = ("celery", "--skip-checks", "-A", "efc_portal")  # the checks ran in `prepare`


def _python(*arguments: str) -> list[str]:
    return [sys.executable, "-m", *arguments]


def command(part: str) -> list[str]:
    """The program and arguments of a part."""
    match part:
        case "supervisor":
            return _python("supervisor.supervisord", "-c", os.environ[CONFIGURATION])
        case "postgres":
            words: list[str] = json.loads(os.environ[POSTGRES_COMMAND])
            return words
        case "prepare":
            return _python("deploy.local.prepare")
        case "seed":
            return [sys.executable, "manage.py", "seed_demo"]
        case "accounts":
            return [sys.executable, "manage.py", "demo_accounts", "--format", "table"]
        case "web":
            return _python(
                "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", os.environ["PORT"],
                "--workers", "1", "--blocking-threads", "4", "--no-ws", "deploy.local.web:application",
            )  # fmt: skip
        case "worker":
            return _python(*CELERY, "worker", "--pool", "solo", "--without-gossip", "--without-mingle",
                           "--without-heartbeat", "--hostname", f"{os.getpid()}@%h", "--loglevel", "INFO")  # fmt: skip
        case "beat":
            return _python(*CELERY, "beat", "--pidfile=", "--loglevel", "WARNING")
        case _:
            raise SystemExit(f"There is no part called {part}.")


def _environment(part: str) -> dict[str, str]:
    match part:
        case "postgres":
            return clean_environment()
        case "beat":
            return {**os.environ, "EFC_LEAN": "1"}  # it sends names of tasks, and needs no application for that
        case _:
            return dict(os.environ)


def main() -> None:
    part = sys.argv[1]
    words = command(part)
    if part == SUPERVISOR or part in STEPS:
        die_with(int(os.environ[LAUNCHER_PID]), signal.SIGTERM)
        os.environ[SUPERVISOR_PID] = str(os.getpid())
    else:
        die_with(int(os.environ[SUPERVISOR_PID]), signal.SIGINT if part == "postgres" else signal.SIGTERM)
    if part == "worker":
        os.nice(WORKER_NICENESS)
    os.execvpe(words[0], words, _environment(part))


if __name__ == "__main__":
    main()
