"""A real clamd, with a database of one signature: that of the harmless EICAR test file."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

# Put together here, so that no scanner takes this file for the test file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
STREAM_LIMIT = 4 * 1024 * 1024


@pytest.fixture(scope="session")
def clamd() -> Iterator[str]:
    """A clamd of the tests' own: the path of its socket."""
    if CLAMD is None:
        pytest.skip("clamd is missing: “apt-get install clamav-daemon” gets it; no signatures need downloading.")
    folder = Path(tempfile.mkdtemp(prefix="clamd-"))  # a short path: a socket's name has at most 107 bytes
    (folder / "db").mkdir()
    (folder / "db" / "test.ndb").write_text(f"Test.Eicar:0:*:{EICAR.hex()}\n")
    address = str(folder / "socket")
    (folder / "clamd.conf").write_text(
        f"DatabaseDirectory {folder / 'db'}\nLocalSocket {address}\nLogFile {folder / 'log'}\nForeground yes\n"
        f"TemporaryDirectory {folder}\nStreamMaxLength {STREAM_LIMIT}\nMaxThreads 2\nBytecode no\n"
        "AlertExceedsMax yes\nMaxFiles 3\nSelfCheck 86400\n"
    )
    process = subprocess.Popen(
        [CLAMD, f"--config-file={folder / 'clamd.conf'}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(address, process, folder / "log")
        yield address
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with socket.socket(socket.AF_UNIX) as probe:
                probe.connect(address)
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"clamd did not start: {log.read_text() if log.exists() else 'no log'}")
