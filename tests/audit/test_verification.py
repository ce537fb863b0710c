"""The daily verification: its result, its anchor, and who is told of damage."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from efc_portal.audit.enums import Category
from efc_portal.audit.models import AuditEvent
from efc_portal.audit.seal import audit_seal
from efc_portal.audit.selectors import last_verification
from efc_portal.audit.services import audit_event, audit_record, audit_record_many
from efc_portal.audit.verification import record_state, verification_is_due, verification_record, verification_result
from efc_portal.audit.verify import RecordBroken, block_verify
from efc_portal.notifications.models import Mail
from efc_portal.partners.tasks import record_verify
from efc_portal.workflow.worker import work_drain_for
from tests.audit.test_seal_and_verify import superuser
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def note(count: int = 1) -> AuditEvent:
    for _time in range(count):
        event = audit_record(action="test.do", category=Category.OPERATION, actor=None)
    return event


def damage(event: AuditEvent) -> None:
    with superuser() as execute:
        execute("UPDATE audit_auditevent SET action = 'test.undo' WHERE id = %s", [event.pk])


def aged(**ago: int) -> None:
    """A verification that found everything whole, some time ago."""
    event = audit_event(action="audit.verify", category=Category.OPERATION, actor=None, code="whole", count=0)
    event.at = timezone.now() - timedelta(**ago)
    audit_record_many([event])


def test_it_is_done_once_a_day() -> None:
    note()
    audit_seal()
    assert verification_is_due()
    record_verify()
    first = last_verification()
    assert first.payload["code"] == "whole"
    assert first.payload["count"] == 1
    assert first.payload["block"] == 1
    record_verify()
    assert last_verification() == first
    assert not verification_is_due()


def test_after_a_day_it_is_due_again() -> None:
    aged(hours=24)
    assert verification_is_due()
    assert not record_state().verification_overdue


def test_it_is_overdue_after_two_days() -> None:
    assert record_state().verification_overdue
    aged(hours=49)
    assert record_state().verification_overdue


def test_damage_is_recorded_and_told_without_content(cast: Cast) -> None:
    people = [cast.auditor, cast.manager, cast.officer]
    event = note()
    damage(event)
    Mail.objects.all().delete()
    record_verify()
    state = record_state()
    assert state.is_damaged
    assert str(event.pk) in state.finding
    assert set(Mail.objects.values_list("to__email", flat=True)) == {one.email for one in people[:2]}
    mail.outbox.clear()
    assert not work_drain_for(20)
    for message in mail.outbox:
        words = message.body + str(message.subject) + str(message.alternatives[0][0])
        assert "/audit/state/" in words
        assert "not as the portal wrote it" not in words
        assert f"Event {event.pk}" not in words
        assert "None" not in words
    assert len(mail.outbox) == 2


def test_a_cut_off_end_is_found_against_the_verification_before() -> None:
    note(2)
    audit_seal()
    record_verify()
    with superuser() as execute:
        for table, column in (("auditevent", "id"), ("auditleaf", "event_id"), ("auditblock", "number")):
            execute(f"DELETE FROM audit_{table} WHERE {column} IS NOT NULL AND {column} NOT IN (%s)", [last_id()])
    assert "cut off" in verification_result()["finding"]


def last_id() -> int:
    return last_verification().pk


def test_a_forged_result_is_no_result() -> None:
    event = note()
    damage(event)
    verification_record(verification_result())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_auditevent (at, action, category, actor_label, object_type, object_id, object_label, "
            "justification, recipient, payload, mac) VALUES (now() + interval '1 minute', 'audit.verify', 'operation', "
            "'', '', '', '', '', '', '{\"code\": \"whole\", \"count\": 1}', '')"
        )
    assert "forged" in record_state().finding


def test_sealing_that_stands_still_shows() -> None:
    event = audit_event(action="test.do", category=Category.OPERATION, actor=None)
    event.at = timezone.now() - timedelta(minutes=11)
    audit_record_many([event])
    assert record_state().sealing_stands
    audit_seal()
    assert not record_state().sealing_stands


def test_one_block_is_verified_by_itself() -> None:
    first = note()
    audit_seal()
    note()
    audit_seal()
    block_verify(number=1)
    block_verify(number=2)
    damage(first)
    block_verify(number=2)
    with pytest.raises(RecordBroken, match=f"Event {first.pk}"):
        block_verify(number=1)
    with pytest.raises(RecordBroken, match="Block 3 is missing"):
        block_verify(number=3)


def test_two_never_verify_at_once() -> None:
    other = connection.copy()
    with closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('audit-verify'))")
        record_verify()
        assert last_verification() is None
        cursor.execute("SELECT pg_advisory_unlock(hashtext('audit-verify'))")
    record_verify()
    assert last_verification() is not None
