"""A PostgreSQL server for a test session: made in seconds, without durability, gone afterwards."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from deploy.local.credentials import password
from deploy.local.folders import passable, private
from deploy.local.postgres import DATABASE, SUPERUSER, Cluster, clean_environment
from deploy.local.sockets import SHORT

STOP_SECONDS = 20.0


@contextmanager
def temporary_postgres() -> Iterator[str]:
    """Start a server in a temporary folder; gives the URL of an empty database, as superuser."""
    folder = Path(tempfile.mkdtemp(prefix="efc-postgres-", dir=SHORT))
    try:
        passable(folder)
        cluster = Cluster(folder / "home", folder, private(folder / "secrets"), durable=False)
        cluster.prepare()
        with _served(cluster, folder / "log"):
            with closing(cluster.connect()) as connection, connection.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {DATABASE}")
            yield cluster.url(SUPERUSER, password(cluster.secrets, "postgres-superuser"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _served(cluster: Cluster, log: Path) -> Iterator[None]:
    """The server, in a session of its own (a Ctrl-C is pytest's to handle), ended with this process in any case."""
    with log.open("wb") as out:
        server = subprocess.Popen(
            ["setpriv", "--pdeathsig=INT", *cluster.command()],
            cwd="/",
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        cluster.wait(lambda: server.poll() is None, log)
        yield
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
