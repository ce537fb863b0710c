"""The pages of an agency's key."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_wrong_key_is_mended_on_the_same_page(cast: Cast) -> None:
    """Shown after a factor was asked for, the form stands at that page's address, and must not be sent there."""
    page = cast.client("liaison").get(reverse("agency_key"))
    assert f'action="{reverse("agency_key")}"' in page.content.decode()
