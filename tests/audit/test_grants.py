"""The application's own database role may append to the record and never change it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record

pytestmark = pytest.mark.django_db
ROLE = f"efc_test_{os.getpid()}"


@pytest.fixture
def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE}")
    call_command("grant_application_role", ROLE, verbosity=0)
    return ROLE


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {role}")
        try:
            yield
        finally:
            cursor.execute("RESET ROLE")


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except ProgrammingError as error:
        return "permission denied" in str(error) or "must be owner" in str(error)
    return False


def test_the_record_can_be_read_and_appended_to(role: str) -> None:
    with acting_as(role):
        event = audit_record(action="test.done", category=Category.OPERATION, actor=None)
        with connection.cursor() as cursor:
            cursor.execute("SELECT action FROM audit_auditevent WHERE id = %s", [event.pk])
            assert cursor.fetchone() == ("test.done",)


@pytest.mark.parametrize("table", ["audit_auditevent", "audit_auditblock", "audit_auditleaf"])
def test_the_record_cannot_be_changed(role: str, table: str) -> None:
    with connection.cursor() as cursor:
        column = connection.introspection.get_table_description(cursor, table)[0].name
    with acting_as(role):
        assert refused(f"UPDATE {table} SET {column} = {column}")
        assert refused(f"DELETE FROM {table}")
        assert refused(f"TRUNCATE {table}")
        assert refused(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        assert refused(f"DROP TABLE {table}")


def test_other_tables_can_be_worked_with_but_not_emptied(role: str) -> None:
    with acting_as(role), connection.cursor() as cursor:
        cursor.execute("INSERT INTO core_heartbeat (part, at) VALUES ('worker', now())")
        cursor.execute("UPDATE core_heartbeat SET at = now()")
        cursor.execute("DELETE FROM core_heartbeat")
        assert refused("TRUNCATE core_heartbeat")
        assert refused("CREATE TABLE mine (id int)")
        assert refused("DELETE FROM django_migrations")


def test_no_temporary_table_can_stand_before_the_record(role: str) -> None:
    """Events would go there, and vanish with the connection."""
    with acting_as(role):
        assert refused("CREATE TEMPORARY TABLE audit_auditevent (LIKE public.audit_auditevent)")


def test_rights_given_by_hand_are_taken_away(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT ALL ON audit_auditevent TO {role}")
    call_command("grant_application_role", role, verbosity=0)
    with acting_as(role):
        assert refused("DELETE FROM audit_auditevent")


def test_an_unknown_role_is_named() -> None:
    with pytest.raises(CommandError, match="no role “efc_nobody”"):
        call_command("grant_application_role", "efc_nobody")


def test_the_role_that_owns_the_tables_is_refused() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
    with pytest.raises(CommandError, match="owns the tables"):
        call_command("grant_application_role", owner)
