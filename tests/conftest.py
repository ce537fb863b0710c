"""What every test may use."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from efc_portal.core.keys import FileKeyProvider, key_provider
from tests.cast import Cast


@pytest.fixture(scope="session", autouse=True)
def secret_keys() -> None:
    """Real keys, in the folder of the test session."""
    provider = key_provider()
    assert isinstance(provider, FileKeyProvider)
    provider.create_missing()


@pytest.fixture
def cast(db: None) -> Cast:
    """The shared cast, see `tests.cast`. What the cache remembers (attempts, spent codes) is forgotten first."""
    cache.clear()
    return Cast()
