"""The files of `tests/data`."""

from __future__ import annotations

import csv
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "data"


def lines(name: str) -> list[str]:
    return (FOLDER / name).read_text().splitlines()


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(newline="") as file:
        return list(csv.DictReader(file))
