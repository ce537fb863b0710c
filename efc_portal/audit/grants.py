"""What the application's own database role may do: everything it needs, and nothing to the past of the record."""

from __future__ import annotations

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from efc_portal.core.errors import ApplicationError

WORK = "SELECT, INSERT, UPDATE, DELETE"
APPEND = "SELECT, INSERT"
READ = "SELECT"


class RoleUnfit(ApplicationError):
    """The role cannot be given less than it has: it owns the tables, or stands above all grants."""


def application_role_grant(*, role: str) -> None:
    """Set the role's rights on every table and sequence of the schema, taking away whatever it had beyond them.

    Run by the role that owns the tables, after each migration. The tables of `audit` can be read and appended to:
    no UPDATE, DELETE or TRUNCATE. The list of applied migrations can be read.
    """
    append = {model._meta.db_table for model in apps.get_app_config("audit").get_models(include_auto_created=True)}
    with transaction.atomic(), connection.cursor() as cursor:
        _require_fit(cursor, role)
        name, quote = connection.ops.quote_name(role), connection.ops.quote_name
        cursor.execute("SELECT current_schema(), current_database()")
        schema, database = cursor.fetchone()
        cursor.execute(f"REVOKE CREATE ON SCHEMA {quote(schema)} FROM PUBLIC, {name}")
        cursor.execute(f"GRANT USAGE ON SCHEMA {quote(schema)} TO {name}")
        # A temporary table would stand before the real one of its name: events would go there, and vanish.
        cursor.execute(f"REVOKE TEMPORARY ON DATABASE {quote(database)} FROM PUBLIC, {name}")
        cursor.execute(f"GRANT CONNECT ON DATABASE {quote(database)} TO {name}")
        for table in connection.introspection.table_names(cursor):
            rights = APPEND if table in append else READ if table == "django_migrations" else WORK
            cursor.execute(f"REVOKE ALL ON TABLE {quote(table)} FROM {name}")
            cursor.execute(f"GRANT {rights} ON TABLE {quote(table)} TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {quote(schema)} TO {name}")


def _require_fit(cursor: CursorWrapper, role: str) -> None:
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
    found = cursor.fetchone()
    if found is None:
        raise RoleUnfit(_("The database has no role “%(role)s”: create it first (CREATE ROLE … LOGIN)."), role=role)
    cursor.execute(
        "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema() "
        "AND pg_has_role(%s, tableowner, 'USAGE'))",
        [role],
    )
    if found[0] or cursor.fetchone()[0]:
        raise RoleUnfit(
            _("Grants do not bind “%(role)s”: it is a superuser, or owns the tables. Name a role of the portal’s own."),
            role=role,
        )
