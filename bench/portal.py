"""The whole portal on trial: as `make run` starts it, in a folder and a database that are gone afterwards."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
import psycopg2
from psycopg2 import sql

from deploy.local import leftovers, servers
from deploy.local.ready import wait_until_ready
from deploy.local.run import Portal
from deploy.local.single import ADDRESS
from deploy.local.sockets import SHORT
from deploy.local.steps import step
from deploy.local.stop import Stop

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class TrialPortal(Portal):
    """A portal without the demo's history. `environment` changes what its parts are told."""

    def __init__(self, folder: Path, *, settings: str, environment: dict[str, str] | None = None) -> None:
        super().__init__(folder, free_port())
        self.queue = f"efc-{secrets.token_hex(4)}"
        for told in (self.environment, self.owner):
            told |= {"DJANGO_SETTINGS_MODULE": settings, "CELERY_QUEUE": self.queue, **(environment or {})}

    def begin(self) -> None:
        """PostgreSQL, tables, keys and static files: all that this process needs to fill the database."""
        self._database()
        step("prepare", "Preparing the database", self.owner, self.supervisor.log("prepare"))

    def go(self) -> None:
        """Web, workers and beat; returns when `/healthz` says that all are up."""
        self.supervisor.start_application()
        wait_until_ready(self.supervisor, self.port)

    def tidy(self) -> None:
        """What autovacuum does in its own time, at once, as the role that owns the tables."""
        url = self.owner.get("DATABASE_URL") or servers.text("DATABASE_URL")
        with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            cursor.execute("VACUUM ANALYZE")

    def pids(self, part: str) -> list[int]:
        """The processes of a part (`web`, `worker`, `beat`), as the process manager knows them."""
        return [one.pid for one in self.supervisor.states() if one.pid and one.name.rstrip("0123456789") == part]

    def cpu_seconds(self) -> dict[str, float]:
        """CPU time so far, user and system, of each part with the processes below it."""
        found: dict[str, float] = {}
        for one in self.supervisor.states():
            if one.pid:
                part = one.name.rstrip("0123456789")
                found[part] = found.get(part, 0.0) + sum(map(cpu_seconds, tree(one.pid)))
        return found

    def stop(self) -> None:
        before = [(one, signal.getsignal(one)) for one in SIGNALS]
        try:
            super().stop()
        finally:
            for one, handler in before:
                signal.signal(one, handler)


def tree(pid: int) -> list[psutil.Process]:
    """A process and everything below it."""
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def cpu_seconds(process: psutil.Process) -> float:
    """CPU time of a process, and of those it started that have ended since."""
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def trial_folder(prefix: str) -> Iterator[Path]:
    """A temporary folder with a short path. What still runs from it in the end is ended first."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=SHORT))
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    try:
        yield folder
    finally:
        leftovers.clear(folder)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def trial_database() -> Iterator[None]:
    """Where DATABASE_URL names a server: a new database on it, named by DATABASE_URL meanwhile, and dropped."""
    given = servers.text("DATABASE_URL")
    if not given:
        yield
        return
    name = f"efc_trial_{secrets.token_hex(4)}"
    _on_server(given, "CREATE DATABASE {}", name)
    before = {key: os.environ.pop(key, None) for key in ("DATABASE_URL", "DATABASE_URL_FILE", "DATABASE_OWNER_URL")}
    os.environ["DATABASE_URL"] = urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
    try:
        yield
    finally:
        os.environ.pop("DATABASE_URL")
        os.environ.update({key: value for key, value in before.items() if value is not None})
        _on_server(given, "DROP DATABASE {} WITH (FORCE)", name)


def _on_server(url: str, statement: str, name: str) -> None:
    try:
        with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            cursor.execute(sql.SQL(statement).format(sql.Identifier(name)))
    except psycopg2.Error as error:
        said = str(error).strip().splitlines()[-1]
        raise Stop(f"A database of its own is needed on the server that DATABASE_URL names: {said}.") from error


def queue_delete(portal: TrialPortal) -> None:
    """Take the trial's queue off a broker that goes on living."""
    from celery import current_app

    if not portal.environment.get("CELERY_BROKER_URL", "filesystem:").startswith("filesystem"):
        with suppress(Exception), current_app.connection_for_write() as broker:
            broker.default_channel.queue_delete(portal.queue)


@contextmanager
def trial_portal(folder: Path, *, settings: str, fill: Callable[[], None]) -> Iterator[TrialPortal]:
    """A running portal in this folder; Django is set up in this process for its database.

    `fill` is called before web, workers and beat start.
    """
    portal = TrialPortal(folder, settings=settings)
    try:
        portal.begin()
        os.environ.update(portal.environment)
        import django

        django.setup()
        fill()
        portal.go()
        yield portal
        queue_delete(portal)
    finally:
        portal.stop()
