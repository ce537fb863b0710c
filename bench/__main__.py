"""`make bench`: prints what it found. `make bench WRITE=1` puts it into docs/benchmarks.md as well.

`make bench ONLY=public` measures one part alone: public, pages, workflow, form, search, register, mailing, validation,
extraction, or intake.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from bench import figures
from bench.figures import Section
from bench.portal import trial_database, trial_folder, trial_portal
from deploy.local.debian import installed
from deploy.local.folders import ROOT, require_space
from deploy.local.run import Stopping, stoppable
from deploy.local.servers import require_named, text
from deploy.local.stop import told

SETTINGS = "bench.settings"
FEW, MANY = 100, 10_000
SPACE_MB = 1000
PARTS = (
    "public",
    "pages",
    "workflow",
    "form",
    "search",
    "register",
    "mailing",
    "validation",
    "extraction",
    "intake",
)
DOCUMENT = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- figures: written by make bench WRITE=1 -->\n", "<!-- end of the figures -->\n"


def fill() -> None:
    """People, agencies and the list of known values, as in the demo; no submission yet."""
    from efc_portal.demo import coalition
    from efc_portal.indicators.services import known_values_load_defaults

    coalition.load()
    known_values_load_defaults()


def measure(folder: Path, environment: Mapping[str, str], only: str = "") -> list[Section]:
    """Everything, in about seven minutes, or one part. Modules that need Django are imported when it is set up."""
    sections, pieces = [], []
    with trial_portal(folder, settings=SETTINGS, fill=fill) as portal:
        from bench import (
            extraction,
            form,
            intake,
            mailing,
            pages,
            public,
            register,
            search,
            small,
            validation,
            whole,
            workflow,
        )

        def wanted(part: str) -> bool:
            return only in ("", part)

        if wanted("public"):
            at("the public site")
            sections.append(public.measure(portal))
        if wanted("pages"):
            at("pages with few submissions")
            few = pages.visit(portal, FEW)
        if wanted("workflow"):
            at("the workflow")
            sections.append(workflow.measure(portal))
            at("small pieces")
            pieces.append(small.measure())
        if wanted("pages"):
            at(f"filling to {MANY:,} submissions, and the pages again")
            sections.append(pages.compare(few, pages.visit(portal, MANY), (FEW, MANY)))
        if wanted("form"):
            at("the form")
            sections.append(form.measure(portal))
        if wanted("search"):
            at("search over the public site")
            sections.append(search.measure(portal))
        if wanted("register"):
            at("the register of members")
            sections.append(register.measure(portal))
        if wanted("mailing"):
            at("a mailing")
            sections.append(mailing.measure(portal))
        if wanted("validation"):
            at("validation")
            sections.append(validation.measure())
        if wanted("extraction"):
            at("finding identifiers in text")
            sections.append(extraction.measure())
        if wanted("intake"):
            at("a file of a million rows")
            sections.append(intake.measure(portal))
    if not only:
        at("a second make run")
        sections.append(whole.measure(folder, whole.clean(environment), MANY))
    return sections + pieces


def at(what: str) -> None:
    print(f"Measuring: {what}", flush=True)


def machine() -> str:
    """The machine in one line: what it is, and how busy it was with other things."""
    cpu = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    cores = len(os.sched_getaffinity(0))
    parts = [
        f"{cores} cores ({cpu})",
        f"Python {platform.python_version()}",
        (text("DATABASE_URL") and "a PostgreSQL server") or "embedded PostgreSQL 18",
        f"broker {(text('CELERY_BROKER_URL') or 'filesystem').split(':')[0]}",
        f"load before: {os.getloadavg()[0]:.1f}",
    ]
    return ", ".join(parts)


def write(sections: list[Section], where: str, *, part: bool) -> None:
    """Put the figures between their two marks in docs/benchmarks.md: all of them, or those of one part anew."""
    before, _begin, rest = DOCUMENT.read_text().partition(BEGIN)
    old, _end, after = rest.partition(END)
    line = f"{time.strftime('%-d %B %Y')}. {where}."
    new = _replaced(old, sections, line) if part else f"\n{line}\n\n{figures.as_markdown(sections)}\n"
    DOCUMENT.write_text(f"{before}{BEGIN}{new}{END}{after}")


def _replaced(old: str, sections: list[Section], line: str) -> str:
    """The figures with some sections anew, each with the day and machine of its own run."""
    texts = re.split(r"(?m)^(?=### )", old)
    for section in sections:
        heading = f"### {section.title}\n"
        new = figures.as_markdown([section]).replace(heading, f"{heading}\n{line}\n", 1) + "\n"
        place = next((number for number, text in enumerate(texts) if text.startswith(heading)), len(texts))
        texts[place : place + 1] = [new]
    return "".join(texts)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/benchmarks.md")
    parser.add_argument("--only", choices=PARTS, default="", help="one part alone")
    wanted = parser.parse_args()
    with told(), stoppable():
        try:
            os.umask(0o077)
            require_named()
            if wanted.only in ("", "public"):
                installed("chromium", "chromium")  # without it, weight and layout shift are not measured
            began, where = time.monotonic(), machine()
            with trial_database(), trial_folder("efc-trial-") as folder:
                require_space(folder, SPACE_MB, "the benchmarks")
                sections = measure(folder, dict(os.environ), wanted.only)
            print(f"{figures.as_text(sections)}\n\n{where}. Measured in {time.monotonic() - began:.0f} s.", flush=True)
            if wanted.write:
                write(sections, where, part=bool(wanted.only))
            if any(section.missed for section in sections):
                sys.exit("Something that must hold does not: see MISSED above.")
        except Stopping:
            print("Stopped.", flush=True)


if __name__ == "__main__":
    main()
