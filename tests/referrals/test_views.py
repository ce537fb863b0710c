"""Referral pages: what a link may ask of them, and who may read what."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("sort", ["--created_at", "-", "status__in", "drafted_by"])
def test_an_unknown_order_in_a_link_is_ignored(cast: Cast, sort: str) -> None:
    assert cast.client("officer").get(reverse("referrals:list"), {"sort": sort}).status_code == 200
