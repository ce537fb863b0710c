"""When the answer of a look-up leaves.

Reading places that a person may not see takes some microseconds each. So that nobody can tell by the clock whether
others reported a value, an answer leaves at whole steps of time only: whatever was found, after one step, and after the
next where the machine was busy. A step is long beside what a look-up of a thousand values takes.
"""

from __future__ import annotations

import time

STEP_SECONDS = 0.5


def left_of_step(elapsed: float) -> float:
    """Seconds until the next whole step."""
    return STEP_SECONDS - elapsed % STEP_SECONDS


def wait_for_step(began: float) -> None:
    """Wait until the next whole step since `began` (`time.monotonic()`)."""
    time.sleep(left_of_step(time.monotonic() - began))
