"""Waiting until the portal says that every part of it is at work."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from pathlib import Path

from deploy.local.progress import Progress
from deploy.local.stop import Stop
from deploy.local.supervisor import Supervisor

PATIENCE_SECONDS = 120.0
STARTS_TRIED = 3  # a part that ended so often right after its start will not come up by itself


def wait_until_ready(supervisor: Supervisor, port: int) -> None:
    """Raises `Stop` with the part that does not come up and where its log is."""
    until = time.monotonic() + PATIENCE_SECONDS
    ended: dict[str, set[int]] = {}
    with Progress("Starting") as progress:
        while True:
            parts = _healthz(port)
            missing = [name for name, state in parts.items() if state != "up"]
            if parts and not missing:
                progress.done("all parts are up")
                return
            progress.at(f"waiting for {', '.join(missing or ['web'])}")
            for state in supervisor.states():
                if state.state in ("BACKOFF", "FATAL"):
                    ended.setdefault(state.name, set()).add(state.started)
                    if len(ended[state.name]) >= STARTS_TRIED:
                        raise _does_not_start(state.name, supervisor.log(state.name))
            if supervisor.ended():
                raise Stop(f"The process manager ended unexpectedly: see {supervisor.log('supervisor')}.")
            if time.monotonic() > until:
                name = (missing or ["web"])[0]
                raise Stop(f"{name} did not come up in {PATIENCE_SECONDS:.0f} s: see the logs in {supervisor.logs}.")
            time.sleep(0.2)


def _healthz(port: int) -> dict[str, str]:
    """The state of each part as the portal tells it; empty while the web server does not answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            body = answer.read()
    except urllib.error.HTTPError as error:
        body = error.read()
    except OSError:
        return {}
    try:
        found: dict[str, str] = json.loads(body)["parts"]
        return found
    except (ValueError, KeyError, TypeError):
        return {}


def _does_not_start(name: str, log: Path) -> Stop:
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return Stop(f"{name} does not start ({lines[-1].strip() if lines else 'it said nothing'}): see {log}.")
