"""Identity providers in processes of their own, started and ended by a test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CLIENT_ID, CLIENT_SECRET = "efc-portal", "what the provider made for the portal"
PEOPLE = [
    {"name": "rosa", "email": "reporter@meridian.example"},
    {"name": "rosa-strong", "email": "reporter@meridian.example", "how": "mfa"},
    {"name": "rosa-late", "email": "reporter@meridian.example", "how": "late"},
    {"name": "rosa-other", "email": "reporter@meridian.example", "how": "other"},
    {"name": "bea", "email": "coordinator@meridian.example", "how": "mfa"},
    {"name": "unconfirmed", "email": "analyst@meridian.example", "verified": False},
    {"name": "stranger", "email": "stranger@meridian.example"},
    {"name": "foreign", "email": "coordinator@lighthouse.example"},
    {"name": "elsewhere", "email": "someone@unknown.example"},
    {"name": "nameless", "email": ""},
]


@contextmanager
def process(module: str, folder: Path, wanted: dict[str, Any]) -> Iterator[str]:
    """The address of a provider while it runs."""
    folder.mkdir(exist_ok=True)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "EFC_"))},
        "PROVIDER_FOLDER": str(folder),
        "PROVIDER_WANTED": json.dumps(wanted),
    }
    running = subprocess.Popen(
        [sys.executable, "-m", f"tests.partners.sign_on.{module}"], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout is not None
        port = running.stdout.readline().strip()
        assert port, f"{module} did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(10)


@contextmanager
def oidc_provider(folder: Path, redirects: list[str]) -> Iterator[str]:
    wanted = {"people": PEOPLE, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "redirects": redirects}
    with process("oidc_provider", folder, wanted) as address:
        yield address
