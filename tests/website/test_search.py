"""A reader searches the site."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("demo_site")


def test_first(client: Client) -> None:
    answer = client.get("/search/?q=payments")
    print(answer.content.decode())
    assert answer.status_code == 200
