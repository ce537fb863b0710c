"""PostgreSQL refuses to run as root. Where root starts the portal, its server runs as somebody without rights.

Three ways exist, none of which works everywhere; each is tried out before it is relied on:
an unused user id; the same with the one capability that lets it pass folders closed to others (a clone in /root);
a user namespace, where this process's own id shows as another (containers that know no second user id).
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local.stop import Stop

FIRST_UID = 61200  # above people and packages, below nobody: what Debian leaves to dynamic users
NOBODY = pwd.getpwnam("nobody").pw_uid


@dataclass(frozen=True)
class RunAs:
    """How to start a command as the server's user: what stands before it, and who owns its files."""

    prefix: tuple[str, ...]
    uid: int

    def command(self, arguments: Sequence[str]) -> list[str]:
        return [*self.prefix, *arguments]

    def give(self, folder: Path) -> None:
        """Make a folder and all in it the server's own. The folder and what it holds directly tell whether it is."""
        if os.geteuid() != 0 or all(place.stat().st_uid == self.uid for place in (folder, *folder.iterdir())):
            return
        for place in (*folder.rglob("*"), folder):
            os.chown(place, self.uid, self.uid, follow_symlinks=False)


def _free_uid(folder: Path) -> int:
    """The id that owns the folder already, or one that nobody has."""
    uid = folder.stat().st_uid
    if uid not in (0, NOBODY):
        return uid
    taken = {entry.pw_uid for entry in pwd.getpwall()}
    return next(uid for uid in range(FIRST_UID, 65000) if uid not in taken)


def _ways(uid: int) -> list[RunAs]:
    die_with_parent = ("setpriv", "--pdeathsig=INT")  # set here: the kernel forgets it when the user changes
    drop = (*die_with_parent, f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--no-new-privs")
    with_one = (*drop, "--securebits=+no_setuid_fixup")  # access(2) would forget the capability otherwise
    return [
        RunAs((*drop, "--inh-caps=-all"), uid),
        RunAs((*with_one, "--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"), uid),
        RunAs((*with_one, "--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"), uid),
        RunAs(("unshare", f"--map-user={NOBODY}", f"--map-group={NOBODY}", *die_with_parent), 0),
    ]


def run_as(folder: Path, binary: Path, *, uid: int | None = None) -> RunAs:
    """The first way in which the server's binary, its files and its folder can be used.

    `folder` exists and becomes the server's own. `uid` asks for a given user (initdb wants one that has a name).
    """
    if os.geteuid() != 0:
        return RunAs((), os.geteuid())
    for way in _ways(_free_uid(folder) if uid is None else uid):
        if not shutil.which(way.prefix[0]):
            continue
        os.chown(folder, way.uid, way.uid)
        if _reaches(way, folder, binary):
            way.give(folder)
            return way
    raise Stop(
        "PostgreSQL refuses to run as root, and this machine offers no other user to run it as: start the portal as an "
        "ordinary user, or set DATABASE_URL to a PostgreSQL server that runs already."
    )


def _reaches(way: RunAs, folder: Path, binary: Path) -> bool:
    share = binary.parent.parent / "share" / "postgresql" / "postgres.bki"
    # pg_config looks for itself with access(2), as initdb and postgres do
    script = 'cd "$1" && test -w . && test -r "$2" && "$3" --version && exec "$4" --bindir'
    words = (folder, share, binary, binary.parent / "pg_config")
    probe = way.command(["sh", "-c", script, "sh", *map(str, words)])
    return subprocess.run(probe, cwd="/", capture_output=True).returncode == 0
