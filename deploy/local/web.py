"""The WSGI application as `make run` serves it: granian's worker ends with granian, however that ended.

A worker whose main process was killed would otherwise go on answering on the same port.
"""

from __future__ import annotations

import os
import signal

from deploy.local.processes import die_with

die_with(os.getppid(), signal.SIGKILL)

from efc_portal.wsgi import application  # noqa: E402

__all__ = ["application"]
