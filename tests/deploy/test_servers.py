"""Servers named in the environment that do not answer: one sentence each, and no password in it."""

from __future__ import annotations

import socket

import pytest

from deploy.local import servers
from deploy.local.stop import Stop


@pytest.fixture
def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("DATABASE_URL", "postgres://efc:hidden@127.0.0.1:{port}/efc"),
        ("CELERY_BROKER_URL", "amqp://efc:hidden@127.0.0.1:{port}//"),
        ("CACHE_URL", "redis://efc:hidden@127.0.0.1:{port}/0"),
    ],
)
def test_nobody_answers(monkeypatch: pytest.MonkeyPatch, closed_port: int, name: str, url: str) -> None:
    for other in ("DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, url.format(port=closed_port))
    with pytest.raises(Stop) as stop:
        servers.require_named()
    said = str(stop.value)
    assert said.startswith(f"The server that {name} names (127.0.0.1:{closed_port}) does not answer")
    assert "hidden" not in said
    assert "\n" not in said


@pytest.mark.parametrize("name", ["DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL"])
def test_a_url_that_is_none(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for other in ("DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, "localhost")
    with pytest.raises(Stop, match=f"{name} does not name a server the portal knows: write it like"):
        servers.require_named()
