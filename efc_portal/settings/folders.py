"""Where the code stands, and where the portal keeps what it writes."""

from __future__ import annotations

from pathlib import Path

from efc_portal.settings import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.text("EFC_VAR", str(BASE_DIR / "var")))
