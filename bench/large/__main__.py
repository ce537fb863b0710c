"""`make bench-large`: prints what it found. `make bench-large WRITE=1` puts it into docs/benchmarks.md as well.

Builds a database of ten million identifiers and one of a tenth, and keeps them for the next time: in `var/bench-large`,
in the folder that `EFC_BENCH_LARGE` names, or as databases `efc_bench_large_…` on the server that DATABASE_URL names.
`make bench-large ROWS=1000000` makes do with fewer.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

from bench import figures
from bench.__main__ import at, machine, write
from bench.figures import Section
from bench.large.portal import kept_portal
from deploy.local.run import Stopping, stoppable
from deploy.local.servers import require_named
from deploy.local.stop import told

ROWS, TENTH = 10_000_000, 10


def measure(rows: int) -> list[Section]:
    """Everything. Modules that need Django are imported when it is set up."""
    with kept_portal() as portal:
        few, many = portal.database(rows // TENTH), portal.database(rows)
        os.environ.update(portal.environment | {"DATABASE_URL": many})
        os.environ.pop("DATABASE_URL_FILE", None)
        import django

        django.setup()
        from bench.large import correlating, looking_up

        at(f"looking up among {rows:,}")
        sections = [looking_up.measure(rows)]
        at(f"correlating among {rows // TENTH:,} and {rows:,}")
        return [*sections, correlating.measure(few, many, rows // TENTH, rows)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-large", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the figures into docs/benchmarks.md")
    parser.add_argument("--rows", type=int, default=ROWS, help="identifiers of the large database")
    wanted = parser.parse_args()
    with told(), stoppable():
        try:
            os.umask(0o077)
            require_named()
            began, where = time.monotonic(), machine()
            sections = measure(wanted.rows)
            print(f"{figures.as_text(sections)}\n\n{where}. Measured in {time.monotonic() - began:.0f} s.", flush=True)
            if wanted.write:
                write(sections, where, part=True)
            if any(section.missed for section in sections):
                sys.exit("Something that must hold does not: see MISSED above.")
        except Stopping:
            print("Stopped.", flush=True)


if __name__ == "__main__":
    main()
