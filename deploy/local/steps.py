"""The steps of a start that are processes of their own: preparing the database, loading the demo, listing accounts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local.folders import MEGABYTE, ROOT
from deploy.local.parts import LAUNCHER_PID
from deploy.local.progress import Progress
from deploy.local.stop import Stop, full_disk

ANSWER = "{"  # a line of JSON is for the launcher, not news for a person
FULL = 20 * MEGABYTE  # less than this free, and whatever failed, failed for want of space: the log may not say so


def step(name: str, title: str, environment: dict[str, str], log: Path) -> list[str]:
    """Run a step to its end, showing what it says; returns its lines. All it says, errors too, is in `log`."""
    lines: list[str] = []
    log.write_bytes(b"")
    command = [sys.executable, "-m", "deploy.local.parts", name]
    environment = {**environment, LAUNCHER_PID: str(os.getpid())}
    with Progress(title) as progress, log.open("a") as kept:
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=kept, text=True, start_new_session=True,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            try:
                for line in process.stdout:
                    kept.write(line)
                    kept.flush()
                    lines.append(line.rstrip("\n"))
                    if line.strip() and not line.startswith(ANSWER):
                        progress.at(line.strip())
            except BaseException:
                process.terminate()
                raise
        if process.returncode:
            raise _failure(title, log)
        progress.done("done")
    return lines


def _failure(title: str, log: Path) -> Stop:
    text = log.read_text(errors="replace").strip()
    if "No space left on device" in text or shutil.disk_usage(log.parent).free < FULL:
        return full_disk(log.parent.parent)
    said = text.splitlines()[-1].strip() if text else "it did not say why"
    return Stop(f"{title} failed: {said.rstrip('.')}. All it said is in {log}.")
