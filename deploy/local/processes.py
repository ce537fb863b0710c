"""What a process has to do with the one that started it: it dies with it, and hears what it was told."""

from __future__ import annotations

import ctypes
import os
import signal
from pathlib import Path

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


class Make:
    """The GNU make that waits for this process.

    It passes SIGTERM on, but neither SIGINT nor SIGHUP when they come to it alone and not from a terminal: it takes
    back its handler and waits for its children. Which handlers a process has is in /proc.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._handled = self._handlers()

    def interrupted(self) -> bool:
        return bool(self._handled & ~self._handlers())

    def _handlers(self) -> int:
        try:
            status = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return 0
        caught = next(int(line.split()[1], 16) for line in status.splitlines() if line.startswith("SigCgt"))
        return caught & sum(1 << (one - 1) for one in (signal.SIGINT, signal.SIGHUP))
