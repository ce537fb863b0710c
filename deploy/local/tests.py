"""`make test`: every test, in a database and a folder of their own that are gone afterwards."""

from __future__ import annotations

import os
import sys

from deploy.local.debian import installed
from deploy.local.folders import MEGABYTE, require_space
from deploy.local.servers import require_named
from deploy.local.stop import told

WORKER_MEMORY = 1200 * MEGABYTE  # a worker of pytest-xdist with its share of Chromium and Celery

# program, the Debian package it comes with, which tests need it
WANTED = (
    ("chromium-headless-shell", "chromium-headless-shell", "the browser tests"),
    ("clamd", "clamav-daemon", "the tests of the malware scanner"),
    ("age", "age", "the test that opens a package with the public tool"),
)


def workers() -> int:
    """As many as there are cores, and no more than memory holds."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_AVPHYS_PAGES")
    return max(1, min(cores, memory // WORKER_MEMORY))


def main() -> None:
    with told():
        from pathlib import Path
        from tempfile import gettempdir

        require_space(Path(gettempdir()), 500, "the tests")
        require_named()
        for program, package, tests in WANTED:
            if not installed(program, package):
                print(
                    f"{program} is missing and could not be installed: {tests} will be skipped. "
                    f"Install it as root (Debian: “apt install {package}”) to run them.",
                    flush=True,
                )
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a hundred processes would compile the same modules
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q"]
        if (count := workers()) > 1:
            command += ["-n", str(count), "--dist", "loadgroup", "--no-loadscope-reorder"]
        sys.stdout.flush()
        os.execv(sys.executable, [*command, *sys.argv[1:]])


if __name__ == "__main__":
    main()
