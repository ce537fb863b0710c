"""Passwords that this machine's parts know each other by: made once, kept in a private folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def password(folder: Path, name: str) -> str:
    """The password of that name, made on first use. The file is whole or absent, whatever happens meanwhile."""
    file = folder / name
    if not file.exists():
        part = folder / f".{name}.part"
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(48))
            out.flush()
            os.fsync(out.fileno())
        part.rename(file)
    return file.read_text().strip()
