"""What is recorded, and that it reads back as it was written."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from efc_portal.audit.canonical import event_bytes, mac_of, plain
from efc_portal.audit.enums import Category
from efc_portal.audit.models import AuditEvent
from efc_portal.audit.services import PAYLOAD_KEYS, audit_event, audit_record, audit_record_many
from efc_portal.core.models import DataKey

pytestmark = pytest.mark.django_db

texts = st.text(st.characters(exclude_categories=[]), max_size=60)  # lone surrogates and NUL included
moments = st.datetimes(timezones=st.timezones())
values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts | st.uuids() | st.dates() | moments,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4) | st.sets(texts, max_size=4),
    max_leaves=12,
)
payloads = st.dictionaries(st.sampled_from(sorted(PAYLOAD_KEYS)), values, max_size=5)


def is_genuine(event: AuditEvent) -> bool:
    return mac_of(event_bytes(event)) == bytes(event.mac)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payload=payloads, justification=texts, recipient=st.text(max_size=400), label=texts)
def test_an_event_reads_back_as_it_was_written(payload, justification, recipient, label):
    actor = SimpleNamespace(pk=uuid4(), email=f"{label}@bank.example", organisation_id=uuid4())
    with transaction.atomic():
        written = audit_record(
            action="test.do",
            category=Category.OPERATION,
            actor=actor,
            justification=justification,
            recipient=recipient,
            **payload,
        )
        read = AuditEvent.objects.get(pk=written.pk)
        assert event_bytes(read) == event_bytes(written)
        assert is_genuine(read)
        transaction.set_rollback(True)


@given(values)
def test_a_plain_value_survives_json_and_stays_plain(value):
    once = plain(value)
    assert json.loads(json.dumps(once)) == once
    assert plain(once) == once


@pytest.mark.parametrize("value", [1.5, float("nan"), b"bytes", object(), {"deep": [1e400]}])
def test_a_value_that_a_database_may_change_is_refused(value):
    with pytest.raises(TypeError, match="cannot hold"):
        plain(value)


@pytest.mark.parametrize("time_zone", ["UTC", "Europe/Brussels", "Pacific/Kiritimati", "America/St_Johns"])
def test_the_readers_time_zone_changes_nothing(time_zone, settings):
    event = audit_record(action="test.do", category=Category.OPERATION, actor=None)
    settings.TIME_ZONE = time_zone
    assert is_genuine(AuditEvent.objects.get(pk=event.pk))


@pytest.mark.parametrize("moment", [datetime(2026, 10, 25, 0, 30, 0, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)])
def test_every_microsecond_counts(moment):
    event = audit_event(action="test.do", category=Category.OPERATION, actor=None)
    event.at = moment
    audit_record_many([event])
    read = AuditEvent.objects.get(pk=event.pk)
    assert read.at == moment
    assert is_genuine(read)


def test_unknown_payload_keys_are_a_programming_error():
    with pytest.raises(TypeError, match="narrative"):
        audit_event(action="test.do", category=Category.OPERATION, actor=None, narrative="…")


def test_the_actors_organisation_and_the_objects_reference_are_recorded():
    actor = SimpleNamespace(pk=uuid4(), email="ana@bank.example", organisation_id=uuid4())
    key = DataKey.new("test")
    key.reference = "S-2026-000001"
    event = audit_record(action="key.look", category=Category.CONSULTATION, actor=actor, obj=key, justification="why")
    event.refresh_from_db()
    assert (event.actor_id, event.organisation_id) == (actor.pk, actor.organisation_id)
    assert (event.object_type, UUID(event.object_id), event.object_label) == ("core.datakey", key.pk, "S-2026-000001")
    assert (event.justification, event.category) == ("why", "consultation")


def test_many_events_are_recorded_in_two_statements(django_assert_num_queries):
    events = [audit_event(action="test.do", category=Category.OPERATION, actor=None, count=n) for n in range(200)]
    with django_assert_num_queries(2):
        audit_record_many(events)
    assert all(map(is_genuine, AuditEvent.objects.all()))
    assert AuditEvent.objects.values("pk").distinct().count() == 200


def test_a_copy_of_a_genuine_row_is_not_genuine():
    event = audit_record(action="test.do", category=Category.OPERATION, actor=None)
    copy = AuditEvent.objects.get(pk=event.pk)
    copy.pk = event.pk + 1
    assert not is_genuine(copy)
