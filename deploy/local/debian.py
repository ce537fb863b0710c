"""Debian packages that tests and checks want: installed when missing, where this user may."""

from __future__ import annotations

import os
import shutil
import subprocess

from deploy.local.progress import Progress


def installed(program: str, package: str) -> bool:
    """Whether a program is there, after trying to install its Debian package. Says what it does."""
    if _found(program):
        return True
    become_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or not _may(become_root):
        return False
    install = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    with Progress(f"Installing Debian's {package}") as progress:
        for arguments in (["update"], ["install", "--no-install-recommends", package]):
            progress.at(f"apt-get {arguments[0]}")
            done = subprocess.run([*install, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
            if done.returncode:
                said = (done.stderr.strip() or "it did not say why").splitlines()[-1]
                progress.done(f"apt-get {arguments[0]} failed: {said}")
                return False
        progress.done("installed")
    return _found(program)


def _found(program: str) -> bool:
    """Servers lie in folders that the path of an ordinary user leaves out."""
    return bool(shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin"))


def _may(become_root: list[str]) -> bool:
    """Root may; somebody whom sudo lets in without asking may."""
    if not become_root:
        return True
    return bool(shutil.which("sudo")) and subprocess.run([*become_root, "true"], capture_output=True).returncode == 0
