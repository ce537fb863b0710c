"""A clock that stands some days back, so that the demo's history has a past."""

from __future__ import annotations

import datetime as real
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch


@contextmanager
def days_ago(days: float) -> Iterator[None]:
    """Within it, Django's `timezone.now()` answers the time so many days ago, ticking on."""
    shift = real.timedelta(days=days)

    class Shifted(real.datetime):
        @classmethod
        def now(cls, tz: real.tzinfo | None = None) -> Any:
            return real.datetime.now(tz) - shift

    with patch("django.utils.timezone.datetime", Shifted):
        yield
