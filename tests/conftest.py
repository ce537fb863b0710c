"""What every test may use."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.db import connection
from django.http import HttpRequest
from django.test.client import ClientMixin
from django.utils import translation
from kombu.exceptions import ChannelError, OperationalError
from pytest_django import DjangoDbBlocker

from efc_portal.accounts.session_store import SessionStore, cookie_of, session_key_of
from efc_portal.celery import app
from efc_portal.core.keys import FileKeyProvider, key_provider
from tests.cast import Cast
from tests.database import MADE_FOR_ALL, copy_of_what_was_made


def _session(client: ClientMixin) -> SessionStore:
    if cookie := client.cookies.get(settings.SESSION_COOKIE_NAME):
        return SessionStore(session_key_of(cookie.value))
    session = SessionStore()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie_of(session.session_key)
    return session


def _set_login_cookies(client: ClientMixin, request: HttpRequest) -> None:
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie_of(request.session.session_key)


# Django's test client takes a session's key for its cookie; the portal signs it.
ClientMixin.session = property(_session)
ClientMixin._set_login_cookies = _set_login_cookies


@pytest.fixture(scope="session", autouse=True)
def secret_keys() -> None:
    """Real keys, in the folder of the test session."""
    provider = key_provider()
    assert isinstance(provider, FileKeyProvider)
    provider.create_missing()


@pytest.fixture(scope="session", autouse=True)
def own_queue() -> Iterator[None]:
    """The broker is left without the session's queue."""
    yield
    with contextlib.suppress(OSError, OperationalError, ChannelError), app.connection_for_write() as broker:
        broker.default_channel.queue_delete(app.conf.task_default_queue)


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """A process carries nothing from test to test: the language of an answer, which Django leaves to its thread, and
    what the web server's memory counts."""
    translation.deactivate()
    caches["memory"].clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """A worker copies the database that the controller has had made."""
    if MADE_FOR_ALL in os.environ:
        with django_db_blocker.unblock():
            copy_of_what_was_made()


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """What was copied is not made again."""
    return MADE_FOR_ALL in os.environ or request.config.getvalue("reuse_db")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Lets transactional tests empty the audit record between them; its other triggers stay."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("audit_auditevent", "audit_auditblock", "audit_auditleaf"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")


@pytest.fixture
def cast(db: None) -> Cast:
    """The shared cast, see `tests.cast`. What the cache remembers (attempts, spent codes) is forgotten first."""
    cache.clear()
    return Cast()
