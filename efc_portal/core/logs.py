"""How a line of the log looks, in every process."""

from __future__ import annotations

import logging
import re
import time

_SECRET = re.compile(r"\b([0-9a-f]{16})\.[A-Za-z0-9_-]{43}")  # of a link of `core.tokens`


class UtcFormatter(logging.Formatter):
    """Time (ISO 8601, UTC, so that logs of several machines sort together), level, logger, message.

    A link that works once is written without its secret: Django logs the address of whatever it refuses.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return _SECRET.sub(r"\1.…", super().format(record))
