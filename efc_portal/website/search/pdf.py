"""The text of a PDF file, read in a process of its own that may crash, hang or swell without harm."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from efc_portal.website.enums import ReadingStatus
from efc_portal.website.search.words import clean

PROGRAM = Path(__file__).with_name("pdf_process.py")
PAGES = 1000
CHARACTERS = 400_000
MEMORY_BYTES = 768 * 1024 * 1024
SECONDS = 30
LEAST_LETTERS = 20  # fewer are a scanner's stamp, not a text


@dataclass(frozen=True)
class Reading:
    """What a PDF holds: `status`, and where it could be opened, how many pages and which text."""

    status: ReadingStatus
    pages: int = 0
    text: str = ""


BROKEN = Reading(ReadingStatus.BROKEN)


def pdf_read(content: bytes, *, seconds: int = SECONDS) -> Reading:
    """Read a PDF. Whatever it is, this returns within `seconds`, and never raises because of it."""
    limits = [str(limit) for limit in (PAGES, CHARACTERS, MEMORY_BYTES, seconds)]
    try:
        done = subprocess.run(  # noqa: S603  our own program, and numbers
            [sys.executable, "-I", str(PROGRAM), *limits], input=content, capture_output=True, timeout=seconds, env={}
        )
        said: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"broken": True}
    except (subprocess.TimeoutExpired, ValueError):
        return BROKEN
    if said.get("locked"):
        return Reading(ReadingStatus.LOCKED)
    if said["broken"]:
        return BROKEN
    text = clean(said["text"])
    empty = sum(char.isalnum() for char in text) < LEAST_LETTERS
    return Reading(ReadingStatus.EMPTY if empty else ReadingStatus.READ, pages=said["pages"], text=text)
