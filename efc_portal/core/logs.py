"""How a line of the log looks, in every process."""

from __future__ import annotations

import logging
import time


class UtcFormatter(logging.Formatter):
    """Time (ISO 8601, UTC, so that logs of several machines sort together), level, logger, message."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
