"""`/healthz` tells monitoring, and `make run`, which part of the portal is at work."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from efc_portal.core import health
from efc_portal.core.heartbeats import BEAT, FRESH_SECONDS, WORKER, heartbeat_record
from efc_portal.core.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_answer", None)
    monkeypatch.setattr(health, "_migrated", False)


@pytest.fixture
def at_work() -> None:
    for part in (WORKER, BEAT):
        Heartbeat.objects.create(part=part, at=timezone.now())


def parts(client: Client, status: int) -> dict[str, str]:
    answer = client.get("/healthz")
    assert answer.status_code == status
    found: dict[str, str] = answer.json()["parts"]
    return found


def test_all_parts_up(client: Client, at_work: None) -> None:
    assert set(parts(client, 200).values()) == {"up"}


def test_a_silent_part_is_named(client: Client, at_work: None) -> None:
    Heartbeat.objects.filter(part=BEAT).update(at=timezone.now() - timedelta(seconds=FRESH_SECONDS + 1))
    found = parts(client, 503)
    assert [name for name, state in found.items() if state != "up"] == ["beat"]


def test_a_part_that_never_was(client: Client) -> None:
    found = parts(client, 503)
    assert found["worker"] == found["beat"] == "down"
    assert found["database"] == found["broker"] == "up"


def test_a_missing_migration_is_told(client: Client, at_work: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'core' AND name = '0002_heartbeat'")
    assert parts(client, 503)["migrations"] == "pending"


def test_a_database_that_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("could not connect")

    monkeypatch.setattr(connection, "ensure_connection", away)
    found = parts(client, 503)
    assert found["database"] == found["worker"] == found["beat"] == "down"


def test_nothing_else_is_told_and_nothing_is_kept(client: Client, at_work: None) -> None:
    answer = client.get("/healthz")
    assert set(answer.json()) == {"status", "parts"}
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert client.post("/healthz").status_code == 405


def test_asking_again_costs_nothing(
    client: Client, at_work: None, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    client.get("/healthz")
    with django_assert_num_queries(0):  # type: ignore[operator]
        client.get("/healthz")


@pytest.mark.django_db(transaction=True)
def test_a_heartbeat_is_one_row(client: Client) -> None:
    heartbeat_record(WORKER)
    first = Heartbeat.objects.get().at
    heartbeat_record(WORKER)
    assert Heartbeat.objects.get().at > first
