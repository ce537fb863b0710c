"""The CPU time of a database server's process, which other work on the machine does not lengthen."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def server_cpu(database: Any) -> float:
    """Seconds that the process of a psycopg2 connection was on a processor; 0 when it is none of this machine's."""
    try:
        nanoseconds = Path(f"/proc/{database.get_backend_pid()}/schedstat").read_text().split()[0]
    except OSError:
        return 0.0
    return int(nanoseconds) / 1e9
