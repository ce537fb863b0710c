"""Redirects of editors lead from addresses of the public site, and from no other."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

pytestmark = pytest.mark.usefixtures("demo_site")
AWAY = "https://elsewhere.example/"


@pytest.mark.parametrize("path", ["/old-page/", "/news/old", "/reports/2019/report.html", "/documents/7/gone.pdf"])
def test_addresses_of_the_public_site_may_lead_on(client: Client, path: str) -> None:
    Redirect.add_redirect(old_path=path, redirect_to=AWAY)
    assert client.get(path).headers["Location"] == AWAY


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login",
        "/accounts/log-in/",
        "/workspace",
        "/workspace/help/",
        "/cases/C-2026-000001/",
        "/submissions/5b4a0f0e-7a55-4d5f-9b0e-0d0f5d6f7a11",
        "/members/key",
        "/cms/sign-in",
        "/audit",
    ],
)
def test_addresses_of_the_portal_do_not(client: Client, path: str) -> None:
    Redirect.add_redirect(old_path=path, redirect_to=AWAY)
    assert client.get(path).headers.get("Location", "") != AWAY
