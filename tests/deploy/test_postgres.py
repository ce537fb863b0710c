"""The embedded PostgreSQL: private, asking for passwords, and started wherever the checkout lies."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest

from deploy.local import leftovers
from deploy.local.folders import passable, private
from deploy.local.postgres import APPLICATION, OWNER, Cluster, clean_environment
from deploy.local.roles import role_url, roles_ready
from deploy.local.sockets import LONGEST, forget, socket_folder
from deploy.local.stop import Stop


@contextmanager
def served(var: Path) -> Iterator[Cluster]:
    run = passable(passable(var) / "run")
    cluster = Cluster(var / "postgres", socket_folder(run), private(var / "secrets"), durable=False)
    cluster.prepare()
    log = var / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(cluster.command(), cwd="/", env=clean_environment(), stdout=out, stderr=out)
    try:
        cluster.wait(lambda: server.poll() is None, log)
        yield cluster
    finally:
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0
        forget(run)


def test_in_a_long_and_closed_folder_with_odd_characters(tmp_path: Path) -> None:
    folder = tmp_path / "a ; %(x)s 'quoted' \"twice\" ü" / ("x" * 150)
    folder.mkdir(parents=True)
    folder.parent.chmod(0o700)
    with served(folder / "var") as cluster:
        assert len(os.fsencode(cluster.sockets)) <= LONGEST
        assert cluster.sockets.stat().st_mode & 0o777 == 0o700
        with closing(cluster.connect()) as connection, connection.cursor() as cursor:
            cursor.execute("SHOW listen_addresses")
            assert cursor.fetchone() == ("",)
            cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
            assert cursor.fetchone() == (18,)
        sockets = cluster.sockets
    assert not sockets.exists()


def test_nobody_comes_in_without_the_password(tmp_path: Path) -> None:
    with served(tmp_path / "var") as cluster:
        roles_ready(cluster)
        with pytest.raises(psycopg2.OperationalError, match="no password supplied"):
            psycopg2.connect(host=str(cluster.sockets), user=OWNER, dbname="efc")
        with pytest.raises(psycopg2.OperationalError, match="authentication failed"):
            psycopg2.connect(host=str(cluster.sockets), user=APPLICATION, password="guess", dbname="efc")
        psycopg2.connect(role_url(cluster, OWNER)).close()
        with pytest.raises(psycopg2.OperationalError, match="permission denied"):  # until migrations have granted
            psycopg2.connect(role_url(cluster, APPLICATION))


def test_the_data_is_there_again_and_lost_passwords_are_told(tmp_path: Path) -> None:
    with served(tmp_path / "var") as cluster:
        roles_ready(cluster)
        with closing(psycopg2.connect(role_url(cluster, OWNER))) as connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kept (id int)")
            connection.commit()
    with served(tmp_path / "var") as cluster:
        with closing(psycopg2.connect(role_url(cluster, OWNER))) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM kept")
    (tmp_path / "var" / "secrets" / "postgres-superuser").unlink()
    with pytest.raises(Stop, match="from the same backup"), served(tmp_path / "var"):
        pass


def test_a_folder_of_another_version(tmp_path: Path) -> None:
    data = tmp_path / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("17\n")
    cluster = Cluster(tmp_path / "postgres", private(tmp_path / "run"), private(tmp_path / "secrets"))
    with pytest.raises(Stop, match="was made by PostgreSQL 17, and this is 18"):
        cluster.prepare()


def test_a_pid_file_that_survived_a_power_cut(tmp_path: Path) -> None:
    """The pid it names belongs to somebody else by now: nobody is stopped, and the server starts."""
    with served(tmp_path / "var") as cluster:
        data = cluster.data
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n5432\n\n*\n  1 1\nready\n")
    leftovers.clear(tmp_path / "var")
    with served(tmp_path / "var"):
        pass


def test_a_server_left_running_is_stopped(tmp_path: Path) -> None:
    with served(tmp_path / "var") as cluster:
        leftovers.clear(tmp_path / "var")
        assert not (cluster.data / "postmaster.pid").exists()


def test_short_plain_paths_keep_their_sockets_near(tmp_path: Path) -> None:
    near = Path("/tmp") / f"efc-{os.getpid()}"
    near.mkdir()
    try:
        assert socket_folder(near).parent == near
        forget(near)
        assert list(near.iterdir()) == []
    finally:
        near.rmdir()


def test_sockets_of_a_killed_run_are_cleared_away(tmp_path: Path) -> None:
    near = tmp_path / ("x" * 100)
    near.mkdir()
    first = socket_folder(near)
    second = socket_folder(near)
    assert not first.exists()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(second / "s"))
    forget(near)
    assert not second.exists()
