"""The session's own ground: a folder that is removed at its end, PostgreSQL, and a database for its workers.

Loaded with `-p` so that it acts before pytest-django reads the settings. `DATABASE_URL` names a server to use; without
it an embedded one is started once, for all the workers of pytest-xdist.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from deploy.local.temporary import temporary_postgres
from tests.database import MADE_FOR_ALL, making_start

_ground = ExitStack()
atexit.register(_ground.close)  # also when pytest ends before its hooks run


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker inherits what the controller has set
        _prepare()
    return (yield)


def _prepare() -> None:
    if "EFC_VAR" not in os.environ:
        folder = tempfile.mkdtemp(prefix="efc-test-")
        _ground.callback(shutil.rmtree, folder, ignore_errors=True)
        _ground.callback(os.environ.pop, "EFC_VAR", None)
        os.environ["EFC_VAR"] = folder
    for name in ("queue/messages", "queue/control", "static"):
        Path(os.environ["EFC_VAR"], name).mkdir(parents=True, exist_ok=True)
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = _ground.enter_context(temporary_postgres())
        _ground.callback(os.environ.pop, "DATABASE_URL", None)


def pytest_configure(config: pytest.Config) -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ and config.getoption("numprocesses", 0):
        maker = making_start()
        _ground.callback(os.environ.pop, MADE_FOR_ALL, None)
        _ground.callback(maker.wait)
        _ground.callback(maker.terminate)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of the tests without a database most go first, while it is being made, and the others last: they are short, so
    that all workers end together."""
    without = [
        item
        for item in items
        if not item.get_closest_marker("django_db") and {"django_db_setup", "live_server"}.isdisjoint(item.fixturenames)
    ]
    turns = {item: 2 if number > len(without) * 2 // 3 else 0 for number, item in enumerate(without)}
    items.sort(key=lambda item: turns.get(item, 1))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_unconfigure() -> None:
    _ground.close()
