"""Sealing, and every attack on the record that whoever owns the database can think of."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from efc_portal.audit import seal, verify
from efc_portal.audit.canonical import event_bytes, leaf_bytes, mac_of
from efc_portal.audit.enums import Category
from efc_portal.audit.merkle import leaf_hash, merkle_root
from efc_portal.audit.models import AuditBlock, AuditEvent, AuditLeaf
from efc_portal.audit.seal import audit_seal, block_digest, unsealed_events
from efc_portal.audit.services import audit_event, audit_record_many
from efc_portal.audit.verify import RecordBroken, audit_verify

pytestmark = pytest.mark.django_db

TABLES = ("audit_auditevent", "audit_auditblock", "audit_auditleaf")


def record(count: int) -> list[AuditEvent]:
    events = [
        audit_event(action="test.do", category=Category.OPERATION, actor=None, count=n, justification=f"reason {n}")
        for n in range(count)
    ]
    audit_record_many(events)
    return events


@pytest.fixture
def events(monkeypatch) -> list[AuditEvent]:
    """Twelve events, sealed in three blocks of four, and two that are not sealed yet."""
    monkeypatch.setattr(seal, "BLOCK_EVENTS", 4)
    monkeypatch.setattr(verify, "BLOCK_EVENTS", 8)  # so that a batch is more than a block
    made = record(12)
    assert audit_seal() == 12
    made += record(2)
    assert audit_verify().sealed == 12
    return made


@contextmanager
def superuser() -> Iterator[Callable[..., None]]:
    """Whoever owns the database: takes the triggers and constraints away and does as they please."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
        yield cursor.execute
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")


def finding(**options) -> str:
    with pytest.raises(RecordBroken) as caught:
        audit_verify(**options)
    return caught.value.message


# --- the trigger


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement", ["UPDATE {t} SET {c} = {c}", "DELETE FROM {t}", "DELETE FROM {t} WHERE false", "TRUNCATE {t} CASCADE"]
)
@pytest.mark.parametrize("role", ["origin", "replica"])
def test_changes_are_refused_even_to_the_superuser(events, table, statement, role):
    column = {"audit_auditevent": "action", "audit_auditblock": "root", "audit_auditleaf": "hash"}[table]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_truncate")  # off in test databases
        cursor.execute(f"SET LOCAL session_replication_role = {role}")
        with pytest.raises(DatabaseError, match=f"append-only: [A-Z]+ of {table} is refused"), transaction.atomic():
            cursor.execute(statement.format(t=table, c=column))


def test_an_upsert_is_refused(events):
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_auditleaf VALUES (%s, 1, 0, '') ON CONFLICT (event_id) DO UPDATE SET hash = ''",
            [events[0].pk],
        )


# --- sealing


def test_sealing_chains_and_signs_blocks(events):
    blocks = list(AuditBlock.objects.order_by("number"))
    assert [(block.number, block.count) for block in blocks] == [(1, 4), (2, 4), (3, 4)]
    assert bytes(blocks[0].previous) == bytes(32)
    assert [bytes(block.previous) for block in blocks[1:]] == [bytes(block.digest) for block in blocks[:-1]]
    leaves = [leaf_hash(leaf_bytes(event_bytes(event), event.mac)) for event in events[4:8]]
    assert bytes(blocks[1].root) == merkle_root(leaves)
    seal.public_key().verify(bytes(blocks[1].signature), block_digest(blocks[1]))


def test_sealing_again_seals_nothing_twice(events):
    assert audit_seal() == 2
    assert audit_seal() == 0
    assert audit_seal(whole=True) == 0
    assert audit_verify().unsealed == 0


def test_sealing_logs_an_anchor(events, caplog, django_capture_on_commit_callbacks):
    with caplog.at_level("INFO", logger="efc_portal.audit.seal"), django_capture_on_commit_callbacks(execute=True):
        audit_seal()
    number, digest = re.search(r"anchor (\d+):([0-9a-f]{64})", caplog.text).groups()
    assert bytes(AuditBlock.objects.get(number=number).digest).hex() == digest


def take_id() -> AuditEvent:
    """An event whose transaction took its id now and has not committed yet."""
    event = audit_event(action="test.late", category=Category.OPERATION, actor=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('audit_auditevent_id_seq')")
        event.pk = cursor.fetchone()[0]
    return event


def commit(event: AuditEvent) -> None:
    event.mac = mac_of(event_bytes(event))
    event.save(force_insert=True)


def test_a_transaction_that_commits_late_is_picked_up_by_a_later_block():
    late = take_id()
    record(3)
    assert audit_seal() == 3
    commit(late)
    assert audit_seal() == 1
    assert AuditLeaf.objects.get(event_id=late.pk).block_number == 2
    assert audit_verify().sealed == 4


def test_after_more_than_an_hour_the_nightly_sealing_picks_it_up(monkeypatch):
    late = take_id()
    record(3)
    audit_seal()
    monkeypatch.setattr(seal, "LATE", timedelta(seconds=-60))
    commit(late)
    assert audit_seal() == 0
    assert audit_seal(whole=True) == 1


def test_sealing_costs_the_same_queries_however_much_is_waiting(django_assert_max_num_queries):
    record(500)
    with django_assert_max_num_queries(9):
        audit_seal()


# --- verifying a whole record


def test_an_empty_record_is_whole():
    report = audit_verify()
    assert (report.blocks, report.sealed, report.unsealed) == (0, 0, 0)


def test_the_command_says_what_it_verified(events, capsys):
    call_command("audit_verify")
    out = capsys.readouterr().out
    last = AuditBlock.objects.get(number=3)
    assert "The record is whole: 12 sealed events in 3 blocks" in out
    assert "Not sealed yet: 2 events" in out
    assert f"3:{bytes(last.digest).hex()}" in out
    call_command("audit_verify", anchor=[f"3:{bytes(last.digest).hex()}"], since="2020-01-01")


@pytest.mark.parametrize(
    "options", [{"anchor": ["3"]}, {"anchor": ["3:zz"]}, {"since": "yesterday"}, {"since": "2026-13-01"}]
)
def test_the_command_refuses_what_it_does_not_understand(options):
    with pytest.raises(CommandError, match=r"is no (anchor|date)"):
        call_command("audit_verify", **options)


def test_the_command_ends_with_the_finding(events):
    with superuser() as execute:
        execute("UPDATE audit_auditevent SET justification = 'other' WHERE id = %s", [events[5].pk])
    with pytest.raises(CommandError, match=f"Event {events[5].pk}, in block 2, is not as") as caught:
        call_command("audit_verify")
    assert caught.value.returncode == 1


def test_since_verifies_the_newer_part_only(events):
    with superuser() as execute:
        execute("UPDATE audit_auditevent SET justification = 'other' WHERE id = %s", [events[0].pk])
    third = AuditBlock.objects.get(number=3)
    assert audit_verify(since=third.sealed_at).sealed == 4
    assert f"Event {events[0].pk}," in finding()


def test_an_outsider_verifies_a_block_with_public_things_alone(events):
    """As `docs/audit.md` tells it: columns, SHA-256 and the public key."""
    block = AuditBlock.objects.get(number=2)
    text = "\n".join(
        (
            "efc-audit-block-1",
            "2",
            "4",
            block.sealed_at.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"),
            bytes(block.root).hex(),
            bytes(block.previous).hex(),
        )
    )
    digest = hashlib.sha256(text.encode()).digest()
    seal.public_key().verify(bytes(block.signature), digest)


# --- attacks


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "action = 'test.other'",
        "category = 'erasure'",
        "actor_id = gen_random_uuid()",
        "actor_label = 'somebody@else.example'",
        "organisation_id = gen_random_uuid()",
        "object_type = 'cases.case'",
        "object_id = '7'",
        "object_label = 'C-2026-000001'",
        "justification = ''",
        "recipient = 'x'",
        "payload = '{}'",
        'payload = payload || \'{"count": 7, "x": 1}\'',
        "mac = decode(repeat('00', 32), 'hex')",
    ],
)
@pytest.mark.parametrize("place", [4, 13])
def test_altering_any_column(events, change, place):
    with superuser() as execute:
        execute(f"UPDATE audit_auditevent SET {change} WHERE id = %s", [events[place].pk])
    assert finding().startswith(f"Event {events[place].pk}, ")


def test_altering_an_event_and_its_leaf(events):
    with superuser() as execute:
        execute("UPDATE audit_auditevent SET justification = 'other' WHERE id = %s", [events[4].pk])
        event = AuditEvent.objects.get(pk=events[4].pk)
        changed = leaf_hash(leaf_bytes(event_bytes(event), event.mac))
        execute("UPDATE audit_auditleaf SET hash = %s WHERE event_id = %s", [changed, event.pk])
    assert finding().startswith(f"Event {events[4].pk}, in block 2, is not as the portal wrote it")


def test_altering_an_id(events):
    with superuser() as execute:
        execute("UPDATE audit_auditevent SET id = 999999 WHERE id = %s", [events[4].pk])
    assert finding().startswith(f"Event {events[4].pk} is missing: block 2 sealed it")


@pytest.mark.parametrize("place", [0, 3, 5, 11])
def test_deleting_an_event(events, place):
    with superuser() as execute:
        execute("DELETE FROM audit_auditevent WHERE id = %s", [events[place].pk])
    assert finding().startswith(f"Event {events[place].pk} is missing: block {place // 4 + 1} sealed it on ")


@pytest.mark.parametrize("place", [0, 3, 5, 11])
def test_deleting_an_event_and_its_leaf(events, place):
    with superuser() as execute:
        execute("DELETE FROM audit_auditevent WHERE id = %s", [events[place].pk])
        execute("DELETE FROM audit_auditleaf WHERE event_id = %s", [events[place].pk])
    sentence = finding()
    assert f"block {place // 4 + 1} was removed with its leaf, at place {place % 4}" in sentence
    if place % 4:
        assert f"after event {events[place - 1].pk}" in sentence
    if place % 4 < 3:
        assert f"before {events[place + 1].pk}." in sentence


def test_deleting_a_leaf_alone(events):
    with superuser() as execute:
        execute("DELETE FROM audit_auditleaf WHERE event_id = %s", [events[6].pk])
    assert f"at place 2: after event {events[5].pk}, before {events[7].pk}." in finding()


COLUMNS = (
    "at, action, category, actor_id, actor_label, organisation_id, object_type, object_id, object_label, "
    "justification, recipient, payload, mac"
)


def test_inserting_an_event_without_the_key(events):
    with superuser() as execute:
        execute(
            f"INSERT INTO audit_auditevent (id, {COLUMNS}) "
            f"SELECT 9000000, {COLUMNS.replace('justification', repr('forged'))} FROM audit_auditevent WHERE id = %s",
            [events[0].pk],
        )
    assert finding().startswith("Event 9000000, not sealed yet, is not as the portal wrote it")


COPIED = f"INSERT INTO audit_auditevent (id, {COLUMNS}) SELECT 9000000, {COLUMNS} FROM audit_auditevent WHERE id = %s"


def test_inserting_a_copy_of_a_genuine_event(events):
    with superuser() as execute:
        execute(COPIED, [events[0].pk])
    assert finding().startswith("Event 9000000, not sealed yet, is not as the portal wrote it")


def test_a_forged_event_that_the_portal_sealed_unawares(events, caplog):
    with superuser() as execute:
        execute(COPIED, [events[0].pk])
    audit_seal()
    assert "audit event 9000000 was not written by the portal" in caplog.text
    assert finding().startswith("Event 9000000, in block 4, is not as the portal wrote it")


def forge(execute, key: int, block: int, position: int) -> None:
    """A genuine-looking event with a leaf, as somebody who even has the MAC key could make it."""
    event = audit_event(action="test.forged", category=Category.OPERATION, actor=None)
    event.pk = key
    commit(event)
    leaf = leaf_hash(leaf_bytes(event_bytes(event), event.mac))
    execute("INSERT INTO audit_auditleaf VALUES (%s, %s, %s, %s)", [key, block, position, leaf])


def test_inserting_an_event_into_a_sealed_block(events):
    with superuser() as execute:
        forge(execute, 9000000, 2, 4)
    assert finding() == "Event 9000000 was inserted into block 2 after it was sealed."


def test_inserting_an_event_at_the_front_of_a_sealed_block(events):
    with superuser() as execute:
        execute("ALTER TABLE audit_auditleaf DROP CONSTRAINT audit_auditleaf_one_place")
        forge(execute, 9000000, 2, 0)
    assert "was inserted into block 2" in finding() or "removed" in finding()


def test_replacing_an_event_with_the_mac_key(events):
    with superuser() as execute:
        execute("DELETE FROM audit_auditevent WHERE id = %s", [events[5].pk])
        execute("DELETE FROM audit_auditleaf WHERE event_id = %s", [events[5].pk])
        forge(execute, events[5].pk, 2, 1)
    sentence = finding()
    assert sentence.startswith("Block 2, events ")
    assert "does not hold what was sealed in it" in sentence


def test_marking_an_event_as_sealed_in_a_block_that_does_not_exist(events):
    with superuser() as execute:
        forge(execute, 9000000, 77, 0)
    assert finding() == "Event 9000000 is marked as sealed in block 77, which does not exist."


def test_swapping_two_events(events):
    with superuser() as execute:
        one, two = events[4].pk, events[6].pk
        for old, new in ((one, 9000), (two, one), (9000, two)):
            execute("UPDATE audit_auditevent SET id = %s WHERE id = %s", [new, old])
    assert finding().startswith(f"Event {events[4].pk}, in block 2, is not as the portal wrote it")


def test_swapping_two_leaves(events):
    with superuser() as execute:
        for event, place in ((events[4], 100), (events[6], 0), (events[4], 2)):
            execute("UPDATE audit_auditleaf SET position = %s WHERE event_id = %s", [place, event.pk])
    assert "stands at another place of block 2 than where it was sealed" in finding()


def test_altering_a_leaf(events):
    with superuser() as execute:
        execute("UPDATE audit_auditleaf SET hash = sha256('x') WHERE event_id = %s", [events[9].pk])
    assert finding() == f"The leaf of event {events[9].pk} in block 3 was altered."


@pytest.mark.parametrize(
    "change",
    ["sealed_at = sealed_at + interval '1 second'", "count = 5", "root = sha256('x')", "previous = sha256('x')"],
)
def test_altering_a_block(events, change):
    with superuser() as execute:
        execute(f"UPDATE audit_auditblock SET {change} WHERE number = 2")
    assert finding() == "Block 2 was altered after it was sealed."


def test_altering_a_block_and_its_digest(events):
    with superuser() as execute:
        execute("UPDATE audit_auditblock SET root = sha256('x') WHERE number = 2")
        digest = block_digest(AuditBlock.objects.get(number=2))
        execute("UPDATE audit_auditblock SET digest = %s WHERE number = 2", [digest])
    assert finding().startswith("Block 2 does not carry the portal’s signature")


def test_replacing_a_signature(events):
    stranger = Ed25519PrivateKey.generate()
    with superuser() as execute:
        digest = bytes(AuditBlock.objects.get(number=2).digest)
        execute("UPDATE audit_auditblock SET signature = %s WHERE number = 2", [stranger.sign(digest)])
    assert finding().startswith("Block 2 does not carry the portal’s signature")


def test_deleting_a_middle_block(events):
    with superuser() as execute:
        execute("DELETE FROM audit_auditblock WHERE number = 2")
    assert finding() == "Block 2 is missing."


def test_deleting_the_first_block_and_renumbering(events):
    with superuser() as execute:
        execute("DELETE FROM audit_auditblock WHERE number = 1")
        execute("UPDATE audit_auditblock SET number = number - 1")
    assert finding() == "Block 1 was altered after it was sealed."


def test_putting_a_genuine_block_in_anothers_place(events):
    """Blocks of an older copy of the record, genuine and signed, do not fit into the chain."""
    with superuser() as execute:
        execute("DELETE FROM audit_auditleaf WHERE block_number > 1")
        execute("DELETE FROM audit_auditblock WHERE number > 1")
        with transaction.atomic():
            audit_seal()
        second = AuditBlock.objects.get(number=2)
        execute("DELETE FROM audit_auditleaf WHERE block_number > 1")
        execute("DELETE FROM audit_auditblock WHERE number > 1")
        execute("DELETE FROM audit_auditleaf WHERE block_number = 1")
        execute("DELETE FROM audit_auditblock WHERE number = 1")
        execute("DELETE FROM audit_auditevent WHERE id = %s", [events[0].pk])
    audit_seal()
    with superuser() as execute:
        execute(
            "UPDATE audit_auditblock SET count = %s, root = %s, sealed_at = %s, previous = %s, digest = %s, "
            "signature = %s WHERE number = 2",
            [second.count, second.root, second.sealed_at, second.previous, second.digest, second.signature],
        )
    assert finding() == "Block 2 does not follow the block before it: one of them was replaced."


@pytest.mark.parametrize("resealed", [False, True])
def test_deleting_the_last_block_is_found_with_an_anchor(events, resealed):
    third = AuditBlock.objects.get(number=3)
    anchors = {3: bytes(third.digest)}
    with superuser() as execute:
        execute("DELETE FROM audit_auditevent WHERE id = ANY(%s)", [[event.pk for event in events[8:]]])
        execute("DELETE FROM audit_auditleaf WHERE block_number = 3")
        execute("DELETE FROM audit_auditblock WHERE number = 3")
    if resealed:
        record(3)
        audit_seal()
    assert audit_verify().blocks == (3 if resealed else 2)
    sentence = finding(anchors=anchors)
    assert sentence.startswith("Block 3 is not the block that" if resealed else "Block 3 is missing, though an anchor")


def test_deleting_the_last_block_but_not_its_leaves_is_found_without_one(events):
    with superuser() as execute:
        execute("DELETE FROM audit_auditblock WHERE number = 3")
    assert "is marked as sealed in block 3, which does not exist" in finding()


def test_truncating_everything_is_found_with_an_anchor(events):
    anchors = {1: bytes(AuditBlock.objects.get(number=1).digest)}
    with superuser() as execute:
        for table in TABLES:
            execute(f"DELETE FROM {table}")
    assert audit_verify().sealed == 0
    assert finding(anchors=anchors).startswith("Block 1 is missing")


def test_the_database_does_not_hold_what_one_needs_to_forge(events):
    """A MAC made with any other key is refused."""
    event = audit_event(action="test.forged", category=Category.OPERATION, actor=None)
    event.pk = 9000000
    event.mac = hmac.digest(b"\x00" * 32, event_bytes(event), hashlib.sha256)
    event.save(force_insert=True)
    assert unsealed_events().filter(pk=9000000).exists()
    assert finding().startswith("Event 9000000, not sealed yet")
