"""What was found, as a table for a terminal and for docs/benchmarks.md."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

ROUNDS = 5


@dataclass(frozen=True)
class Figure:
    """One line: what was measured, the number with its unit, and what it is compared with."""

    what: str
    value: str
    beside: str = ""


@dataclass
class Section:
    title: str
    figures: list[Figure] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)  # sentences: what must hold and does not

    def add(self, what: str, value: str, beside: str = "") -> None:
        self.figures.append(Figure(what, value, beside))

    def require(self, holds: bool, sentence: str) -> None:
        if not holds:
            self.missed.append(sentence)


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def by_turns(*pieces: Callable[[], object]) -> list[float]:
    """The median seconds of each piece, measured by turns."""
    taken: list[list[float]] = [[] for _ in pieces]
    for _ in range(ROUNDS):
        for place, piece in enumerate(pieces):
            began = time.perf_counter()
            piece()
            taken[place].append(time.perf_counter() - began)
    return [median(one) for one in taken]


def p95(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def milliseconds(values: Sequence[float]) -> str:
    """Median, 95th percentile and least of times in seconds; the least tells what a busy machine hides."""
    return f"{median(values) * 1000:.0f} ms, p95 {p95(values) * 1000:.0f} ms, quickest {min(values) * 1000:.0f} ms"


def as_text(sections: Sequence[Section]) -> str:
    wide = max(len(one.what) for section in sections for one in section.figures)
    middle = max(len(one.value) for section in sections for one in section.figures)
    lines: list[str] = []
    for section in sections:
        lines += ["", section.title, "-" * len(section.title)]
        lines += [f"{one.what:<{wide}}  {one.value:<{middle}}  {one.beside}".rstrip() for one in section.figures]
        lines += [f"MISSED: {sentence}" for sentence in section.missed]
    return "\n".join(lines)


def as_markdown(sections: Sequence[Section]) -> str:
    lines: list[str] = []
    for section in sections:
        lines += [f"### {section.title}", "", "| measured | found | beside |", "|---|---|---|"]
        lines += [f"| {one.what} | {one.value} | {one.beside} |" for one in section.figures]
        lines += ["", *(f"**Missed:** {sentence}\n" for sentence in section.missed)]
    return "\n".join(lines).rstrip() + "\n"
