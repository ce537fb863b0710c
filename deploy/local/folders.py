"""Where things stand in the checkout, and the care their folders need."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from deploy.local.stop import Stop

ROOT = Path(__file__).resolve().parent.parent.parent
VENV = ROOT / ".venv"
MEGABYTE = 1024 * 1024


def var() -> Path:
    """The folder of everything the running portal keeps; `EFC_VAR` names another."""
    return Path(os.environ.get("EFC_VAR") or ROOT / "var").absolute()


def private(folder: Path) -> Path:
    """Make a folder that only its owner can use."""
    return _with_mode(folder, 0o700)


def passable(folder: Path) -> Path:
    """Make a private folder on the database server's way: root's, which the server's own user passes through."""
    return _with_mode(folder, 0o711 if os.geteuid() == 0 else 0o700)


def _with_mode(folder: Path, mode: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    if folder.stat().st_mode & 0o777 != mode:
        folder.chmod(mode)
    return folder


def require_space(folder: Path, megabytes: int, what_for: str) -> None:
    """Stop when the disk under a folder, which need not exist yet, has less than so much space."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < megabytes:
        raise Stop(
            f"The disk is too full: {what_for} needs {megabytes} MB under {folder}, and {free} MB are left. "
            "Free some space there, then run the same command again."
        )
