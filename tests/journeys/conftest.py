"""The whole portal for a journey: its pages, a real worker, and Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.workflow.workers import workers

__all__ = ["workers"]  # a fixture


@pytest.fixture
def address(live_server: Any) -> str:
    return str(live_server.url)


@pytest.fixture
def browser(address: str) -> Iterator[Browser]:
    """Begun after the portal and ended before it: Playwright's loop runs in this thread, and the database minds."""
    with chromium() as launched:
        yield launched
