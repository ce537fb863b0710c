"""The portal as people start it: how soon a second `make run` is ready, and how much memory all of it takes."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import psutil

from bench.browser import signed_in
from bench.figures import Section
from bench.form import PATH, PEOPLE
from bench.invented import Source, form_of
from bench.pages import CODE, PAGES
from bench.portal import cpu_seconds, free_port, tree
from deploy.local.folders import ROOT
from deploy.local.leftovers import RUN_MARK
from efc_portal.demo.coalition import PASSWORD

READY = "The portal is ready"
GOAL_SECONDS, GOAL_MB = 10, 800
POSTS = 20
CORES = len(os.sched_getaffinity(0))


def measure(folder: Path, environment: Mapping[str, str], submissions: int) -> Section:
    """`make run` over a folder that holds a portal's data already; `environment` is that of this command."""
    section = Section(f"The whole portal, with {submissions:,} submissions")
    port = free_port()
    began = time.perf_counter()
    make = subprocess.Popen(
        ["make", "run"],
        cwd=ROOT,
        env={**environment, "EFC_VAR": str(folder), "PORT": str(port)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        _until_ready(make)
        taken, used = time.perf_counter() - began, sum(map(cpu_seconds, tree(make.pid)))
        section.add(
            "second make run → ready",
            f"{taken:.1f} s",
            f"goal {GOAL_SECONDS} s; {used:.1f} s of CPU time, and it got {used / taken / CORES:.0%} of the machine",
        )
        _use(port)
        found = memory(make.pid)
        for part, (own, resident) in found.items():
            section.add(f"memory of {part}", f"{own:.0f} MB", f"{resident:.0f} MB with what it shares")
        whole = sum(own for own, _resident in found.values())
        resident = sum(resident for _own, resident in found.values())
        section.add("memory of all", f"{whole:.0f} MB", f"{resident:.0f} MB with shared pages counted each time")
        section.require(whole < GOAL_MB, f"The portal takes {whole:.0f} MB; the goal is less than {GOAL_MB} MB.")
    finally:
        os.killpg(make.pid, signal.SIGINT)
        make.communicate(timeout=90)
    return section


def _until_ready(make: subprocess.Popen[str]) -> None:
    assert make.stdout is not None
    said = []
    for line in make.stdout:
        said.append(line)
        if line.startswith(READY):
            return
    raise RuntimeError("make run did not come up:\n" + "".join(said[-5:]))


def _use(port: int) -> None:
    """What people do in the morning: pages, and some submissions that the workers screen."""
    source = Source("memory")
    for email in {person for _name, person, _path in PAGES} | {PEOPLE[0]}:
        browser = signed_in(port, email=email, password=PASSWORD, code=CODE)
        for _name, person, path in PAGES:
            if person == email:
                browser.get(path)
        if email == PEOPLE[0]:
            for _ in range(POSTS):
                browser.post(PATH, form_of(source.document()))
        browser.close()
    time.sleep(2)


def memory(pid: int) -> dict[str, tuple[float, float]]:
    """Megabytes of each part below a process: its proportional set size (PSS), and its resident set size (RSS).

    A page that several processes share counts once in the sum of all PSS, and in each of them in RSS.
    """
    found: dict[str, tuple[float, float]] = {}
    for process in tree(pid):
        try:
            rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
            part = _part(process)
        except (OSError, psutil.Error):
            continue
        sizes = {line.split()[0]: int(line.split()[1]) / 1024 for line in rollup.splitlines()[1:]}
        own, resident = found.get(part, (0.0, 0.0))
        found[part] = (own + sizes["Pss:"], resident + sizes["Rss:"])
    return found


def _part(process: psutil.Process) -> str:
    words = " ".join(process.cmdline() or [process.name()])
    for name, sign in (
        ("web server", "granian"),
        ("Celery workers", " worker "),
        ("Celery beat", " beat "),
        ("process manager", "supervisord"),
        ("PostgreSQL", "postgres"),
    ):
        if sign in words:
            return name
    return "make and its launcher"


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment without the mark of a run, by which a start would take this process for a leftover."""
    return {name: value for name, value in environment.items() if name != RUN_MARK}
