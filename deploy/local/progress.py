"""Saying how far a long step is: one line that rewrites itself for a person, a few lines for a log."""

from __future__ import annotations

import sys
import time

EVERY_SECONDS = 5.0  # between two lines of a log


class Progress:
    """`with Progress("Installing") as progress: progress.at("package 3 of 90")`."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._terminal = sys.stdout.isatty()
        self._started = time.monotonic()
        self._said = ""
        self._said_at = 0.0

    def __enter__(self) -> Progress:
        if not self._terminal:
            self._line("…")
        return self

    def at(self, state: str) -> None:
        if state == self._said:
            return
        now = time.monotonic()
        if self._terminal:
            print(f"\r\033[K{self.title}: {state}"[:200], end="", flush=True)
        elif now - self._said_at >= EVERY_SECONDS:
            self._line(state)
        else:
            return
        self._said, self._said_at = state, now

    def done(self, state: str) -> None:
        if self._terminal:
            print("\r\033[K", end="")
        self._line(f"{state} ({time.monotonic() - self._started:.0f} s)")

    def _line(self, state: str) -> None:
        self._said_at = time.monotonic()
        print(f"{self.title}: {state}", flush=True)

    def __exit__(self, kind: object, *_rest: object) -> None:
        if kind is not None and self._terminal:
            print(flush=True)
