"""What a run left behind (`kill -9`, a power cut): ended before anything starts, and after everything stopped."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psutil

from deploy.local.stop import Stop

RUN_MARK = "EFC_RUN"  # in the environment of every process of a run; its value is the folder of that run
PATIENCE_SECONDS = 10.0


def clear(folder: Path) -> None:
    """End every process of a run in this folder, PostgreSQL last, and remove a pid file that names nothing of ours."""
    data = folder / "postgres" / "data"
    server = _postmaster(data)
    _end(_marked(folder), signal.SIGTERM)
    if server is not None:
        _end([server], signal.SIGINT)
    (data / "postmaster.pid").unlink(missing_ok=True)


def _postmaster(data: Path) -> psutil.Process | None:
    """The PostgreSQL server that works on a data folder, as its own pid file names it; None when there is none.

    The pid may since belong to anything else (a power cut, a restarted container): the command line tells.
    """
    try:
        process = psutil.Process(int((data / "postmaster.pid").read_text().split("\n", 1)[0]))
        return process if str(data) in process.cmdline() else None
    except (OSError, ValueError, psutil.Error):
        return None


def _marked(folder: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and process.environ().get(RUN_MARK) == str(folder):
                found.append(process)
        except psutil.Error:
            continue
    return found


def _end(processes: list[psutil.Process], politely: signal.Signals) -> None:
    for step in (politely, signal.SIGKILL):
        for process in processes:
            try:
                process.send_signal(step)
            except psutil.NoSuchProcess:
                continue
        _gone, processes = psutil.wait_procs(processes, timeout=PATIENCE_SECONDS)
        if not processes:
            return
    raise Stop(f"Process {processes[0].pid} of an earlier run does not end: end it by hand, then start again.")
