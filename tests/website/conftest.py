"""A public site for each test module: its tests share one and change nothing for good.

Loading it through Wagtail takes seconds. So a process does that once, keeps the rows, and copies them in afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker
from wagtail.models import Site

from efc_portal.core.page_cache import EVERYTHING, cache_changed
from efc_portal.website.loading import site_load
from efc_portal.website.models import HomePage

# every table that this transaction wrote into; nothing is ever copied into the record of who did what
WRITTEN = """SELECT relname FROM pg_stat_xact_user_tables
    WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 AND relname NOT LIKE 'audit\\_%'"""
_kept: dict[int, dict[str, bytes]] = {}  # by the number of a content type: a flushed database gives others


@pytest.fixture(scope="module")
def _demo_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker, secret_keys: None) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        number = ContentType.objects.get_for_model(HomePage).pk
        if number in _kept:
            _rows_put_back(_kept[number])
        else:
            site_load(demo=True)
            _kept[number] = _rows_written()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo_site(_demo_site: None, db: None) -> None:
    """The site as a demonstration shows it: initial pages, invented news and reports."""


def _rows_written() -> dict[str, bytes]:
    tables = {}
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        for (table,) in cursor.fetchall():
            rows = BytesIO()
            cursor.copy_expert(f'COPY "{table}" TO STDOUT (FORMAT binary)', rows)
            tables[table] = rows.getvalue()
    return tables


def _rows_put_back(tables: dict[str, bytes]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'DELETE FROM "{table}"')  # keys between tables are looked at in the end
        for table, rows in tables.items():
            cursor.copy_expert(f'COPY "{table}" FROM STDIN (FORMAT binary)', BytesIO(rows))
    Site.clear_site_root_paths_cache()
    cache_changed(EVERYTHING)
