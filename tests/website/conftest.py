"""A public site for each test module: loading it takes a second, so its tests share one and change nothing for good."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from efc_portal.website.loading import site_load


@pytest.fixture(scope="module")
def _demo_site(django_db_setup: None, django_db_blocker: DjangoDbBlocker, secret_keys: None) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        site_load(demo=True)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo_site(_demo_site: None, db: None) -> None:
    """The site as a demonstration shows it: initial pages, invented news and reports."""
