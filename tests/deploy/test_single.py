"""A taken port, a second copy, a port that is none: one sentence each."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.single import FolderLock, require_free, wanted_port
from deploy.local.stop import Stop


def test_a_taken_port_and_by_whom() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(Stop) as stop:
            require_free(port)
    assert f"Port {port} is taken" in str(stop.value)
    assert f"process {os.getpid()}" in str(stop.value)
    assert "PORT=" in str(stop.value)
    require_free(port)


@pytest.mark.parametrize("port", ["abc", "0", "65536", "80 80", "٨٠٠٠"])
def test_a_port_that_is_none(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Stop, match="a number from 1 to 65535"):
        wanted_port()


def test_the_usual_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORT", raising=False)
    assert wanted_port() == 8000


def test_a_second_copy(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path / "lock")
    lock.says("http://127.0.0.1:8123")
    with pytest.raises(Stop) as stop:
        FolderLock(tmp_path / "lock")
    assert f"“kill {os.getpid()}”" in str(stop.value)
    assert "http://127.0.0.1:8123" in str(stop.value)


def test_the_lock_of_a_killed_copy_is_open(tmp_path: Path) -> None:
    code = "import sys, os, signal; from pathlib import Path; from deploy.local.single import FolderLock; "
    code += "lock = FolderLock(Path(sys.argv[1])); lock.says('x'); os.kill(os.getpid(), signal.SIGKILL)"
    assert subprocess.run([sys.executable, "-c", code, tmp_path / "lock"]).returncode == -9
    FolderLock(tmp_path / "lock")
