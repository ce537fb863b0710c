"""Reading settings from the environment. A secret `NAME` may also stand in the file that `NAME_FILE` names."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE names {path}, which cannot be read ({error.strerror}). "
                f"Make it readable for the portal, or set {name}."
            ) from error
    return os.environ.get(name) or default


def required(name: str) -> str:
    if value := text(name):
        return value
    raise ImproperlyConfigured(f"{name} is not set. Set it, or {name}_FILE to a file that holds it.")


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas or spaces."""
    return text(name, default).replace(",", " ").split()


def flag(name: str, default: bool = False) -> bool:
    return text(name, "1" if default else "").lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is “{value}”; it must be a whole number.") from error
