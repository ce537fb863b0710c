"""The pages of an agency's key."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_wrong_key_is_mended_on_the_same_page(cast: Cast) -> None:
    """Shown after a factor was asked for, the form stands at that page's address, and must not be sent there."""
    page = cast.client("liaison").get(reverse("agency_key"))
    assert f'action="{reverse("agency_key")}"' in page.content.decode()


def test_whose_session_ended_is_told_that_the_last_step_was_not_taken(client: Client) -> None:
    page = client.post(reverse("agency_key"), {"recipient": "age1"}, follow=True)
    assert "was not taken" in page.content.decode()
    assert "was not taken" not in client.get(reverse("agency_key"), follow=True).content.decode()
