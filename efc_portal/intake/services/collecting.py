"""Holding Python's cycle collector off some thousand rows: it would look through all of them again and again, and
there are no cycles among them. Reference counting frees them as ever."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_held() -> Iterator[None]:
    """For a piece of work whose objects fit into memory without it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
