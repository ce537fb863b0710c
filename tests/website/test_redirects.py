"""Redirects of editors lead from addresses of the public site, and from no other, to addresses of this site."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from efc_portal.audit.models import AuditEvent
from efc_portal.website.models import HomePage, NewsPage, StandardPage
from tests.cast import Cast
from tests.website.editing import decide, edit_news, submitted

pytestmark = pytest.mark.usefixtures("demo_site")
THERE = "/about/?from=old"
AWAY = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "/\t/elsewhere.example/",
    "http://127.0.0.1:8000.elsewhere.example/",
    "http://127.0.0.1:8000@elsewhere.example/",
    "http:elsewhere.example",
    "https://127.0.0.1:8000/",
    "javascript:alert(1)",
    "http://[elsewhere",
    "elsewhere.example",
]


@pytest.mark.parametrize("path", ["/old-page/", "/news/old", "/reports/2019/report.html", "/documents/7/gone.pdf"])
def test_addresses_of_the_public_site_may_lead_on(client: Client, path: str) -> None:
    Redirect.add_redirect(old_path=path, redirect_to=THERE)
    assert client.get(path).headers["Location"] == THERE


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
    Redirect.add_redirect(old_path=path, redirect_to=THERE)
    assert client.get(path).headers.get("Location", "") != THERE


@pytest.mark.parametrize("address", AWAY)
def test_nobody_is_led_away_by_a_redirect_that_is_stored_already(client: Client, address: str) -> None:
    Redirect.add_redirect(old_path="/old/", redirect_to=address)
    answer = client.get("/old/")
    assert (answer.status_code, answer.headers.get("Location")) in [
        (404, None),
        (301, "/%5Celsewhere.example/"),
        (301, "/%09/elsewhere.example/"),
    ]


@pytest.mark.parametrize("address", AWAY)
def test_an_editor_cannot_lead_readers_away(cast: Cast, client: Client, address: str) -> None:
    editor = cast.client("editor")
    form = {"old_path": "/old", "site": "", "is_permanent": "on", "redirect_page": "", "redirect_link": address}
    answer = editor.post("/cms/redirects/add/", form)
    assert "Redirects stay on this site. Begin with one stroke" in answer.content.decode()
    assert not Redirect.objects.filter(old_path="/old").exists()
    made = Redirect.add_redirect(old_path="/old", redirect_to="/about/")
    answer = editor.post(f"/cms/redirects/{made.pk}/", form)
    assert "Redirects stay on this site" in answer.content.decode()
    assert client.get("/old/").headers["Location"] == "/about/"


@pytest.mark.parametrize("address", ["/reports/", "/reports/?kind=analysis#list", "http://127.0.0.1:8000/about/"])
def test_an_editor_leads_readers_to_an_address_of_this_site(cast: Cast, client: Client, address: str) -> None:
    editor = cast.client("editor")
    form = {"old_path": "/old", "site": "", "is_permanent": "on", "redirect_page": "", "redirect_link": "/about/"}
    assert editor.post("/cms/redirects/add/", form).status_code == 302
    made = Redirect.objects.get(old_path="/old")
    assert 'value="/about/"' in editor.get(f"/cms/redirects/{made.pk}/").content.decode()
    assert editor.post(f"/cms/redirects/{made.pk}/", {**form, "redirect_link": address}).status_code == 302
    assert client.get("/old/").headers["Location"] == address


def test_a_page_with_a_new_address_is_found_at_the_old_one_once_that_is_approved(
    cast: Cast, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    editor, second = cast.client("editor"), cast.client("second_editor")
    page = submitted(editor, slug="old-name")
    decide(second, page)
    moved = NewsPage.objects.get(pk=page.pk)
    moved.slug = "new-name"
    edit_news(editor, moved, title="With a new address", action="submit")
    assert client.get("/news/old-name/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        decide(second, page)
    answer = client.get("/news/old-name/")
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith("/news/new-name/")


def test_a_page_that_the_portal_moves_is_found_at_the_old_address(client: Client) -> None:
    home = HomePage.objects.get(locale__language_code="en")
    parent = home.add_child(instance=StandardPage(title="Parent", slug="parent"))
    page = home.add_child(instance=StandardPage(title="Moved", slug="moved"))
    page.move(parent, "last-child")
    assert client.get("/moved/").headers["Location"].endswith("/parent/moved/")


def test_redirects_are_made_one_by_one(cast: Cast, client: Client) -> None:
    editor = cast.client("editor")
    for url in ("/cms/redirects/import/", "/cms/redirects/import/process/"):
        assert editor.get(url).status_code == 404
        assert editor.post(url).status_code == 404
    form = {"old_path": "/report-2013", "site": "", "is_permanent": "on", "redirect_page": "", "redirect_link": THERE}
    assert editor.post("/cms/redirects/add/", form).status_code == 302
    assert client.get("/report-2013/").headers["Location"] == THERE
    event = AuditEvent.objects.get(action="redirect.save", payload__url="/report-2013")
    assert event.actor_id == cast.editor.pk
    assert event.payload["to"] == THERE
