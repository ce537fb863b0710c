"""Settings of a benchmark's portal: those of `make run`, and a task that does nothing."""

from __future__ import annotations

from efc_portal.settings.dev import *

CELERY_INCLUDE = ["bench.noop"]
SEARCHES_A_MINUTE = 1_000_000  # the benchmark searches more often than any reader
