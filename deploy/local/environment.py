"""The virtual environment: made, filled from the pinned requirements, and entered. Standard library only."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from deploy.local.folders import ROOT, VENV, require_space
from deploy.local.pip import install
from deploy.local.progress import Progress
from deploy.local.stop import Stop

PYTHON = VENV / "bin" / "python"
SPACE_MB = {"requirements.txt": 900, "requirements-dev.txt": 700}
TEMPORARY_MB = 300  # pip unpacks its downloads there


def become(module: str, arguments: Sequence[str], development: bool) -> None:
    """Replace this process by `python -m module` of the environment, which is brought up to date first."""
    ready(["requirements.txt", "requirements-dev.txt"] if development else ["requirements.txt"])
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", module, *arguments])


def ready(requirements: Sequence[str]) -> None:
    """Make the environment if it is missing or broken, and install each file whose pins are not installed yet."""
    handle = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # a second make waits until the first has installed
        _create()
        for name in requirements:
            _install(name)
    finally:
        os.close(handle)


def _works() -> bool:
    try:
        check = [str(PYTHON), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
        return subprocess.run(check, capture_output=True).returncode == 0
    except OSError:
        return False


def _create() -> None:
    if any((VENV / _stamp_name(name)).exists() for name in SPACE_MB) and _runs():
        return
    if _works():
        return
    if not importlib.util.find_spec("ensurepip") or not importlib.util.find_spec("venv"):
        raise Stop(
            "Python's venv module is missing: install it as root (Debian: “apt install python3-venv”), "
            "then run the same command again."
        )
    require_space(VENV, SPACE_MB["requirements.txt"], "the Python environment")
    print(f"Making the Python environment in {VENV.name} with Python {sys.version.split()[0]}", flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        said = (made.stderr or made.stdout).strip().splitlines()
        raise Stop(f"Python could not make its environment in {VENV} ({said[-1] if said else 'it said nothing'}).")


def _runs() -> bool:
    """Whether the environment's Python still starts: the one it was made from may have been removed."""
    try:
        return subprocess.run([str(PYTHON), "-c", ""], capture_output=True).returncode == 0
    except OSError:
        return False


def _stamp_name(requirements: str) -> str:
    return f".installed-{requirements}"


def _install(name: str) -> None:
    """Install a requirements file, unless its stamp says that exactly these pins are installed."""
    file, stamp = ROOT / name, VENV / _stamp_name(name)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    require_space(VENV, SPACE_MB[name] if not stamp.exists() else TEMPORARY_MB, f"installing {name}")
    require_space(Path(tempfile.gettempdir()), TEMPORARY_MB, "pip")
    with Progress(f"Installing {name}") as progress:
        count = install(PYTHON, file, progress, log=VENV / "pip.log")
        progress.done(f"{count} packages installed")
    stamp.write_text(digest)
