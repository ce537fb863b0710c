"""Public pages from memory, until what they show changes.

A public view takes part with `@cached_page("directory")`, names whatever else it shows with `depends_on`, and whoever
changes one of these things says so with `cache_changed`, in the transaction that changes it.
"""

from efc_portal.core.page_cache.changes import EVERYTHING, cache_changed
from efc_portal.core.page_cache.visit import cached_page, depends_on, kept

__all__ = ["EVERYTHING", "cache_changed", "cached_page", "depends_on", "kept"]
