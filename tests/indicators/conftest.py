"""Property tests here say what must hold, not how fast: a loaded machine fails none."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("without-deadline", deadline=None)
settings.load_profile("without-deadline")
