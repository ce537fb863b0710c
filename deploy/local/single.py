"""One portal to a folder, one to a port."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
from pathlib import Path

import psutil

from deploy.local.stop import Stop

ADDRESS = "127.0.0.1"


class FolderLock:
    """Held while this process lives. The file says who holds it and where that portal answers."""

    def __init__(self, file: Path) -> None:
        self._handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            pid, _space, where = os.read(self._handle, 200).decode().partition(" ")
            raise Stop(
                f"The portal already runs from this folder (process {pid}{where and ', ' + where}): "
                f"use it there, or stop it first with “kill {pid}”."
            ) from error

    def says(self, where: str) -> None:
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, f"{os.getpid()} {where}".encode(), 0)


def wanted_port() -> int:
    """`PORT`, 8000 when it is not set."""
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Stop(f"PORT is “{text}”: it must be a number from 1 to 65535, for example “make run PORT=8001”.")
    return int(text)


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
            probe.listen()
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Stop(
                    f"Port {port} is reserved for root: choose one above 1023, for example “make run PORT=8000”."
                ) from error
            raise Stop(
                f"Port {port} is taken{_by_whom(port)}: stop what uses it, or choose another port, "
                f"for example “make run PORT={port + 1 if port < 65535 else 8000}”."
            ) from error


def _by_whom(port: int) -> str:
    """The holder's name and pid, as far as this user may know."""
    try:
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    except psutil.Error:
        return ""
    return ""
