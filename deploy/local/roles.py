"""The database and its two roles: who owns the tables, and who works with them."""

from __future__ import annotations

from contextlib import closing

from psycopg2 import sql

from deploy.local.credentials import password
from deploy.local.postgres import APPLICATION, DATABASE, OWNER, Cluster


def roles_ready(cluster: Cluster) -> None:
    """Create the roles and the database where they are missing, and set the passwords that the secrets folder holds.

    What the application's role may do with each table is `manage.py grant_application_role`, after migrations.
    """
    with closing(cluster.connect()) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles")
        existing = {row[0] for row in cursor.fetchall()}
        for role in (OWNER, APPLICATION):
            verb = "ALTER" if role in existing else "CREATE"
            statement = sql.SQL(verb + " ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}")
            cursor.execute(statement.format(sql.Identifier(role), sql.Literal(role_password(cluster, role))))
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*map(sql.Identifier, (DATABASE, OWNER))))
            cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE)))


def role_password(cluster: Cluster, role: str) -> str:
    return password(cluster.secrets, f"postgres-{role}")


def role_url(cluster: Cluster, role: str) -> str:
    return cluster.url(role, role_password(cluster, role))
