"""Servers that the environment names instead of the embedded parts: each must answer before anything starts."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from deploy.local.stop import Stop

PATIENCE_SECONDS = 5


def text(name: str) -> str:
    """A setting as the portal reads it: from `NAME_FILE`, or from `NAME`."""
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text().strip()
    return os.environ.get(name, "").strip()


def require_database(name: str = "DATABASE_URL") -> None:
    import psycopg2

    url = text(name)
    _require_scheme(name, url, ("postgres", "postgresql"), "postgres://user:password@host:5432/name")
    try:
        connection = psycopg2.connect(url, connect_timeout=PATIENCE_SECONDS)
    except psycopg2.Error as error:
        raise _silent(name, url, _last_line(error), "start it, or correct or unset the variable") from error
    version = connection.server_version
    connection.close()
    if version < 150000:
        raise Stop(f"{name} names a PostgreSQL {version // 10000}: the portal needs version 15 or newer.")


def require_broker() -> None:
    from kombu.connection import Connection

    url = text("CELERY_BROKER_URL")
    if url.startswith("filesystem:"):
        return
    _require_scheme("CELERY_BROKER_URL", url, ("amqp", "amqps", "redis", "rediss"), "amqp://user:password@host:5672//")
    try:
        with Connection(url, connect_timeout=PATIENCE_SECONDS) as connection:
            connection.ensure_connection(max_retries=1, timeout=PATIENCE_SECONDS)
    except Exception as error:  # each transport has errors of its own, and all mean the same here
        raise _silent("CELERY_BROKER_URL", url, _last_line(error), "start it, or correct or unset it") from error


def require_cache() -> None:
    import redis

    url = text("CACHE_URL")
    _require_scheme("CACHE_URL", url, ("redis", "rediss", "unix"), "redis://host:6379/0")
    try:
        redis.Redis.from_url(url, socket_connect_timeout=PATIENCE_SECONDS, socket_timeout=PATIENCE_SECONDS).ping()
    except (redis.RedisError, ValueError) as error:
        raise _silent("CACHE_URL", url, _last_line(error), "start it, or correct or unset it") from error


def require_named() -> None:
    """Check every server that the environment names."""
    for name, check in (("DATABASE_URL", require_database), ("CELERY_BROKER_URL", require_broker)):
        if text(name):
            check()
    if text("DATABASE_OWNER_URL"):
        require_database("DATABASE_OWNER_URL")
    if text("CACHE_URL"):
        require_cache()


def _require_scheme(name: str, url: str, schemes: tuple[str, ...], example: str) -> None:
    if urlsplit(url).scheme not in schemes:
        raise Stop(f"{name} does not name a server the portal knows: write it like {example}.")


def _silent(name: str, url: str, reason: str, remedy: str) -> Stop:
    """Names the place, never the password."""
    parts = urlsplit(url)
    place = unquote(parts.hostname or "a local socket") + (f":{parts.port}" if parts.port else "")
    return Stop(f"The server that {name} names ({place}) does not answer: {reason}; {remedy}.")


def _last_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[-1].strip().rstrip(".?")
