"""Ending a command with one sentence instead of a traceback."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager

INTERRUPTED = 130


class Stop(Exception):
    """The command cannot go on. The message is one sentence for a person: what is wrong, and what to do."""


def full_disk(where: object) -> Stop:
    return Stop(f"The disk is full ({where}): free some space there, then run the same command again.")


@contextmanager
def told() -> Iterator[None]:
    """Turn what stops a command into its sentence on standard error and a non-zero exit."""
    try:
        yield
    except Stop as reason:
        sys.exit(_sentence(str(reason)))
    except KeyboardInterrupt:
        print(file=sys.stderr)
        sys.exit(INTERRUPTED)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            sys.exit(_sentence(str(full_disk(error.filename or "no file named"))))
        if error.filename is None:
            raise
        sys.exit(_sentence(f"{error.strerror}: {error.filename}. Make it usable for this user, then try again."))


def _sentence(text: str) -> str:
    """Bold red where a person watches, plain elsewhere."""
    sys.stdout.flush()
    return f"\033[1;31m{text}\033[0m" if sys.stderr.isatty() else text
