"""A portal of its own for the pictures: as `make run` starts it, with the demo coalition, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import leftovers
from deploy.local.folders import passable, require_space
from deploy.local.run import SPACE_MB, Portal
from deploy.local.single import ADDRESS
from deploy.local.sockets import SHORT

SERVERS = ("DATABASE_URL", "DATABASE_OWNER_URL", "CELERY_BROKER_URL", "CACHE_URL")


@contextmanager
def demo_portal() -> Iterator[Portal]:
    """Running, with the embedded parts: servers that the environment names are left alone."""
    for name in SERVERS:
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    folder = passable(Path(tempfile.mkdtemp(prefix="efc-pictures-", dir=SHORT)))
    try:
        require_space(folder, SPACE_MB, "a portal for the pictures")
        portal = Portal(folder, _free_port())
        try:
            portal.start()
            yield portal
        finally:
            portal.stop()
    finally:
        leftovers.clear(folder)
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port: int = probe.getsockname()[1]
        return port
