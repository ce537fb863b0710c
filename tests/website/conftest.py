"""A public site for each test module, or for each test in a browser.

Loading it through Wagtail takes seconds. So a process does that once, keeps the rows, and copies them in afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker
from wagtail.models import Site

from efc_portal.core.page_cache import EVERYTHING, cache_changed
from efc_portal.website.loading import site_load
from efc_portal.website.models import HomePage
from tests.browser import chromium
from tests.factories.partners import OrganisationFactory

Rows = dict[str, bytes]  # of each table, as PostgreSQL copies them

# nothing is ever copied into the record of who did what
WRITTEN = """SELECT relname FROM pg_stat_xact_user_tables
    WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND relname NOT LIKE 'audit\\_%'"""
ALL = """SELECT relname FROM pg_stat_user_tables
    WHERE relname NOT LIKE 'audit\\_%' AND relname <> 'django_migrations'"""

_of_module: dict[int, Rows] = {}  # by the number of a content type: an emptied database gives others
_of_database: Rows = {}


@pytest.fixture(scope="module")
def _demo_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker, secret_keys: None) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        number = ContentType.objects.get_for_model(HomePage).pk
        if number in _of_module:
            _rows_put_back(_of_module[number])
        else:
            site_load(demo=True)
            _of_module[number] = _rows_of(WRITTEN)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo_site(_demo_site: None, db: None) -> None:
    """The site as a demonstration shows it: initial pages, invented news and reports. Its tests share one for each
    module, and change nothing for good."""


@pytest.fixture
def address(live_server: Any) -> str:
    """A running portal with the demonstration's site, and one partner in the directory. The database is emptied after
    the test, content types included: all tables are kept."""
    with transaction.atomic():
        if _of_database:
            _rows_put_back(_of_database)
        else:
            OrganisationFactory(name="Northbank", website="https://northbank.example/")
            site_load(demo=True)
            _of_database.update(_rows_of(ALL))
    return str(live_server.url)


@pytest.fixture
def browser(address: str) -> Iterator[Browser]:
    """Begun after the portal and ended before it: Playwright's loop runs in this thread, and the database minds."""
    with chromium() as launched:
        yield launched


def _rows_of(tables: str) -> Rows:
    """The rows of the tables that a statement names."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(tables)
        for (table,) in cursor.fetchall():
            rows = BytesIO()
            cursor.copy_expert(f'COPY "{table}" TO STDOUT (FORMAT binary)', rows)
            found[table] = rows.getvalue()
    return found


def _rows_put_back(tables: Rows) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')  # keys between tables are looked at in the end
        for table, rows in tables.items():
            cursor.copy_expert(f'COPY "{table}" FROM STDIN (FORMAT binary)', BytesIO(rows))
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    cache_changed(EVERYTHING)
