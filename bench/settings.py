"""Settings of a benchmark's portal: those of `make run`, a task that does nothing, and a view that does nothing."""

from __future__ import annotations

from efc_portal.settings.dev import *
from efc_portal.settings.dev import MIDDLEWARE

CELERY_INCLUDE = ["bench.noop"]
EMAIL_BACKEND = "bench.sink.backend"
SEARCHES_A_MINUTE = 1_000_000  # the benchmark searches more often than any reader

_CACHE = "efc_portal.core.page_cache.middleware.PageCache"
MIDDLEWARE = ["bench.bare.MeasuredPageCache" if one == _CACHE else one for one in MIDDLEWARE]
