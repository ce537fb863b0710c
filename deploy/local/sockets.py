"""A folder for sockets. A socket's whole path may have 107 bytes, which a long checkout path exceeds."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from deploy.local.folders import passable

LONGEST = 107 - len("/postgres/.s.PGSQL.5432.lock")
_PLAIN = re.compile(rb"^[A-Za-z0-9/._-]+$")  # what needs quoting nowhere
SHORT = Path("/tmp")  # noqa: S108  (mkdtemp makes the name and the mode safe)
PREFIX = "efc-portal-"


def socket_folder(near: Path) -> Path:
    """A private folder below `near` where its path is short and plain, else one of its own in the temporary folder.

    The second kind has a name nobody can guess, and is noted in `near`, so that the next start clears it away.
    """
    note = near / "sockets.path"
    forget(near)
    path = os.fsencode(near / "s")
    if len(path) <= LONGEST and _PLAIN.match(path):
        folder = near / "s"
        folder.mkdir()
    else:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=SHORT))
        note.write_text(str(folder))
    return passable(folder)


def forget(near: Path) -> None:
    """Remove the socket folder of this or an earlier run."""
    note = near / "sockets.path"
    shutil.rmtree(near / "s", ignore_errors=True)
    if note.exists():
        folder = Path(note.read_text())
        if folder.parent == SHORT and folder.name.startswith(PREFIX):
            shutil.rmtree(folder, ignore_errors=True)
        note.unlink()
