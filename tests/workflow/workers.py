"""Real Celery processes on the test database: workers and beat."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psutil
import pytest
from django.conf import settings
from django.db import connection


def workers_environment() -> dict[str, str]:
    """The test's own database and queue, for another process."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return {
        "DATABASE_URL": parts._replace(path=f"/{connection.settings_dict['NAME']}").geturl(),
        "CELERY_QUEUE": settings.CELERY_TASK_DEFAULT_QUEUE,
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
    }


class Workers:
    """Real processes on the test database: workers, each with two children, and beat. Begun as `make run` begins them:
    without checks, and beat without the applications."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, *more: str, app: str = "tests.workflow.celery_app") -> subprocess.Popen[bytes]:
        options = ["-c2", "--without-gossip", "--without-mingle", "-n", f"{uuid4().hex[:6]}@test"]
        return self._start(app, "worker", *options, *more)

    def start_beat(self) -> None:
        self._start("efc_portal", "beat", "-s", str(self.folder / "schedule"), "--pidfile=", EFC_LEAN="1")

    def _start(self, app: str, kind: str, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{kind}.log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "--skip-checks", "-A", app, kind, *options, "-l", "info"],
                env={**os.environ, **workers_environment(), **environment},
                cwd=settings.BASE_DIR,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def kill(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                for one in [*psutil.Process(process.pid).children(recursive=True), process]:
                    one.kill()
            process.wait(20)


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    running = Workers(tmp_path)
    yield running
    running.kill()
    for log in tmp_path.glob("*.log"):
        print(log.read_text()[-6000:])  # noqa: T201  (shown when the test fails)
