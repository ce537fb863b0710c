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
    """Real worker processes on the test database, each with two children."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(
        self, *more: str, kind: str = "worker", app: str = "tests.workflow.celery_app"
    ) -> subprocess.Popen[bytes]:
        options = ["worker", "-c2", "--without-gossip", "--without-mingle", "-n", f"{uuid4().hex[:6]}@test"]
        if kind == "beat":
            options = ["beat", "-s", str(self.folder / "schedule"), "--pidfile="]
        with (self.folder / f"{kind}.log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", app, *options, "-l", "info", *more],
                env={**os.environ, **workers_environment()},
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
