"""How much work the door does before it says no."""

from __future__ import annotations

import time

from django.utils.translation import gettext_lazy as _

from efc_portal.core.content.refusals import Reason, RefusedContent

MAX_BYTES = 20 * 1024 * 1024  # an attachment, as sent
CHUNK_BYTES = 64 * 1024  # read at a time
MAX_TOKEN = 1_000_000  # characters in one value, tag or row
MAX_DEPTH = 100  # nesting in JSON, XML and PDF
MAX_UNPACKED = 400 * 1024 * 1024  # everything an XLSX or PDF unpacks to
SECONDS = 60.0  # for a file, and one more for each MB of it


class Deadline:
    """A limit on the time one inspection of `size` bytes takes, asked from inside its loops."""

    def __init__(self, size: int = 0, *, seconds: float = SECONDS) -> None:
        self._end = time.monotonic() + seconds + size / 1_000_000

    def check(self) -> None:
        if time.monotonic() > self._end:
            raise too_complex()


def too_complex() -> RefusedContent:
    return RefusedContent(
        Reason.TOO_COMPLEX,
        _("“%(file)s” unpacks to far more than its size, or is too complicated to check."),
        _("Split it into smaller files, or save what matters as CSV or TXT, and attach this."),
    )
