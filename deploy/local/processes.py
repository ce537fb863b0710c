"""A process that dies with the one that started it."""

from __future__ import annotations

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1


def die_with(parent: int, with_signal: signal.Signals) -> None:
    """Have the kernel send this process a signal when its parent dies, however it dies (Linux, prctl(2)).

    The wish survives exec. A parent that is gone already is noticed here.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:
        os.kill(os.getpid(), with_signal)
