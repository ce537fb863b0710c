"""Databases that are built once and kept: embedded, in a folder, or on the server that DATABASE_URL names."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from bench.portal import TrialPortal
from deploy.local import leftovers, servers
from deploy.local.folders import ROOT, passable, require_space
from deploy.local.postgres import OWNER
from deploy.local.single import FolderLock
from deploy.local.steps import step
from deploy.local.stop import Stop

SETTINGS = "bench.settings"
MEGABYTES_A_MILLION = 600  # of identifiers with their sightings and indexes


def kept_folder() -> Path:
    """Where keys and the embedded database stay; `EFC_BENCH_LARGE` names another folder."""
    return Path(os.environ.get("EFC_BENCH_LARGE") or ROOT / "var" / "bench-large").absolute()


class KeptPortal(TrialPortal):
    """A portal of which the database alone runs, with a database for each number of identifiers."""

    def begin(self) -> None:
        """PostgreSQL, and nothing in it yet."""
        self._database()

    def database(self, rows: int) -> str:
        """The address of the database with so many identifiers, as the application's role; built where it is not."""
        name = f"efc_bench_large_{rows}"
        server = self.environment.get("DATABASE_URL") or servers.text("DATABASE_URL")
        told = {**self.owner, "DATABASE_URL": _named(self.owner.get("DATABASE_URL") or server, name)}
        told.pop("DATABASE_URL_FILE", None)
        self._create(server, name, rows)
        step("prepare", f"Preparing the database of {rows:,}", told, self.supervisor.log("prepare"))
        done = subprocess.run([sys.executable, "-m", "bench.large.build", str(rows)], cwd=ROOT, env=told)
        if done.returncode:
            raise Stop(f"Building the database of {rows:,} failed. Drop the database {name}, then run it again.")
        return _named(server, name)

    def _create(self, server: str, name: str, rows: int) -> None:
        connection = self.cluster.connect() if self.cluster else psycopg2.connect(server)
        owned = sql.SQL(" OWNER {}").format(sql.Identifier(OWNER)) if self.cluster else sql.SQL("")
        with closing(connection), connection.cursor() as cursor:
            connection.autocommit = True
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                if self.cluster:
                    megabytes = rows * MEGABYTES_A_MILLION // 1_000_000 + 1000
                    require_space(self.folder, megabytes, f"a database of {rows:,} identifiers")
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)) + owned)


def _named(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@contextmanager
def kept_portal() -> Iterator[KeptPortal]:
    """The portal in its folder; its keys stay there as well, since match keys are made with them."""
    folder = passable(kept_folder())
    lock = FolderLock(folder / "lock")
    leftovers.clear(folder)
    lock.says("bench-large")
    portal = KeptPortal(folder, settings=SETTINGS)
    try:
        portal.begin()
        yield portal
    finally:
        portal.stop()
