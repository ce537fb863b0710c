"""Settings of a benchmark's portal: those of `make run`, a task that does nothing, and a view that does nothing."""

from __future__ import annotations

from efc_portal.settings.dev import *
from efc_portal.settings.dev import MIDDLEWARE

CELERY_INCLUDE = ["bench.noop"]
_CACHE = "efc_portal.core.page_cache.middleware.PageCache"
MIDDLEWARE = ["bench.bare.MeasuredPageCache" if one == _CACHE else one for one in MIDDLEWARE]
