"""`make run`: the whole portal on this machine, until Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psutil

from deploy.local import leftovers, servers
from deploy.local.credentials import password
from deploy.local.folders import passable, private, require_space, var
from deploy.local.parts import POSTGRES_COMMAND
from deploy.local.postgres import APPLICATION, OWNER, Cluster
from deploy.local.processes import Make, die_with
from deploy.local.ready import wait_until_ready
from deploy.local.roles import role_url, roles_ready
from deploy.local.single import ADDRESS, FolderLock, require_free, wanted_port
from deploy.local.sockets import forget, socket_folder
from deploy.local.steps import step
from deploy.local.stop import Stop, told
from deploy.local.supervisor import Supervisor

SPACE_MB = 300
STOP_SECONDS = 60.0


class Stopping(BaseException):
    """Somebody asked for the end: Ctrl-C, SIGTERM, or the terminal closed."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Let a signal end what runs inside; a further one changes nothing, for the parts are being stopped already."""

    def ask(number: int, frame: object) -> None:
        answer_signals(signal.SIG_IGN)
        raise Stopping

    answer_signals(ask)
    yield


def answer_signals(answer: Callable[[int, object], None] | signal.Handlers) -> None:
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, answer)


class Portal:
    """One run: the folder it keeps everything in, the environment of its parts, and their process manager."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.address = f"http://{ADDRESS}:{port}"
        self.secrets = private(folder / "secrets")
        for name in ("log", "queue/messages", "queue/control", "mail", "media", "blobs"):
            private(folder / name)
        self.sockets = socket_folder(passable(folder / "run"))
        embedded = not servers.text("DATABASE_URL")
        self.cluster = Cluster(folder / "postgres", self.sockets, self.secrets) if embedded else None
        self.supervisor = Supervisor(folder, self.sockets, with_postgres=embedded)
        self.environment = {
            **os.environ,
            leftovers.RUN_MARK: str(folder),
            "EFC_VAR": str(folder),
            "PORT": str(port),
            "PORTAL_URL": self.address,
            "DJANGO_SETTINGS_MODULE": "efc_portal.settings.dev",
            "SECRET_KEY": password(self.secrets, "django"),
            "MALLOC_ARENA_MAX": "2",
            "PYTHONUNBUFFERED": "1",
        }
        self.owner = dict(self.environment)  # the same, as the role that owns the tables

    def start(self) -> None:
        self._database()
        said = step("prepare", "Preparing the database", self.owner, self.supervisor.log("prepare"))
        found = json.loads(said[-1])
        accounts = found["accounts"] if found["users"] and not self._seeding.exists() else self._seed()
        self.supervisor.start_application()
        wait_until_ready(self.supervisor, self.port)
        print(f"\n{accounts.rstrip()}\n\nThe portal is ready: {self.address}   (Ctrl-C stops it)", flush=True)

    def _database(self) -> None:
        """Start the process manager and, unless another is named, PostgreSQL with its roles."""
        if self.cluster is None:
            if owner := servers.text("DATABASE_OWNER_URL"):
                self.owner |= {"DATABASE_URL": owner, "EFC_APPLICATION_ROLE": _user(servers.text("DATABASE_URL"))}
                self.owner.pop("DATABASE_URL_FILE", None)
            self.supervisor.start(dict(self.environment))
            return
        if not (self.cluster.data / "PG_VERSION").exists():
            print("Creating the embedded PostgreSQL database", flush=True)
        self.cluster.prepare()
        self.environment["DATABASE_URL"] = role_url(self.cluster, APPLICATION)
        self.owner |= {"DATABASE_URL": role_url(self.cluster, OWNER), "EFC_APPLICATION_ROLE": APPLICATION}
        self.supervisor.start({**self.environment, POSTGRES_COMMAND: json.dumps(self.cluster.command())})
        self.cluster.wait(self._postgres_may_come, self.supervisor.log("postgres"))
        roles_ready(self.cluster)

    def _postgres_may_come(self) -> bool:
        failed = any(one.name == "postgres" and one.state in ("BACKOFF", "FATAL") for one in self.supervisor.states())
        return not failed and not self.supervisor.ended()

    @property
    def _seeding(self) -> Path:
        """Exists while the demo is loaded, so that a start after an interrupted one takes it up again."""
        return self.folder / "run" / "seeding"

    def _seed(self) -> str:
        """Load the demo coalition; returns the table of its accounts.

        It does the work of the Celery worker by itself, at its own clock: before the worker starts.
        """
        self._seeding.touch()
        step("seed", "Loading the demo coalition", self.environment, self.supervisor.log("seed"))
        table = step("accounts", "Listing the demo accounts", self.environment, self.supervisor.log("accounts"))
        self._seeding.unlink()
        return "\n".join(table)

    def watch(self, make: Make | None) -> None:
        """Say which part ended and came back, until the process manager itself ends or `make` was told to."""
        seen: dict[str, int] = {}
        while not self.supervisor.ended():
            for one in self.supervisor.states():
                before = seen.get(one.name, one.pid)
                if one.state == "RUNNING" and one.pid != before:
                    print(f"{one.name} ended by itself and was started again: see {self.supervisor.logs}", flush=True)
                if one.state == "RUNNING":
                    seen[one.name] = one.pid
            if make is not None and make.interrupted():
                raise Stopping
            time.sleep(1)
        raise Stop(f"The process manager ended unexpectedly: see {self.supervisor.log('supervisor')}.")

    def stop(self) -> None:
        """End every part, the database last, and leave nothing behind."""
        answer_signals(signal.SIG_IGN)
        process = self.supervisor.process
        if process is not None and process.poll() is None:
            print("\nStopping …", flush=True)
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        leftovers.clear(self.folder)
        forget(self.folder / "run")


def _user(url: str) -> str:
    return unquote(urlsplit(url).username or "")


def _make() -> Make | None:
    """The `make` that started this process, if it was one; then this process dies with it."""
    parent = psutil.Process().parent()
    if parent is None or parent.name() not in ("make", "gmake"):
        return None
    die_with(parent.pid, signal.SIGTERM)
    return Make(parent.pid)


def run() -> None:
    began = time.monotonic()
    os.umask(0o077)
    make = _make()
    port, folder = wanted_port(), passable(var())
    lock = FolderLock(private(folder / "lock") / "run")
    leftovers.clear(folder)
    require_free(port)
    require_space(folder, SPACE_MB, "the portal")
    servers.require_named()
    lock.says(f"http://{ADDRESS}:{port}")
    portal = Portal(folder, port)
    try:
        portal.start()
        print(f"Started in {time.monotonic() - began:.1f} s", flush=True)
        portal.watch(make)
    finally:
        portal.stop()


def main() -> None:
    with told(), stoppable():
        try:
            run()
        except Stopping:
            print("Stopped.", flush=True)


if __name__ == "__main__":
    main()
