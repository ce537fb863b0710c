"""Headers of every answer, the largest request, and pages that a visitor's browser may keep."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from wagtail.models import Page, Site

from tests.cast import Cast

MEGABYTE = 1024 * 1024
VISITED = ["/", "/healthz", "/accounts/login/", "/workspace/", "/nowhere/"]


def policy(client: Client, path: str) -> dict[str, str]:
    header = client.get(path).headers["Content-Security-Policy"]
    return {part.split()[0]: part.partition(" ")[2] for part in header.split("; ")}


@pytest.mark.parametrize("path", VISITED)
def test_every_answer_carries_the_headers(client: Client, db: None, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", VISITED)
def test_the_policy_allows_no_inline_code_and_nothing_from_elsewhere(client: Client, db: None, path: str) -> None:
    directives = policy(client, path)
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == directives["base-uri"] == directives["object-src"] == "'none'"
    assert not [value for value in directives.values() if "unsafe" in value or "http" in value or "*" in value]


def test_the_cms_alone_has_a_looser_one(cast: Cast) -> None:
    editor = cast.client("editor")
    assert "'unsafe-inline'" in policy(editor, "/cms/")["script-src"]
    assert "unsafe-eval" not in str(policy(editor, "/cms/"))
    assert policy(editor, "/workspace/")["script-src"] == "'self'"
    assert policy(editor, "/cms-not/")["script-src"] == "'self'"


def test_what_signed_in_people_see_is_kept_nowhere(cast: Cast) -> None:
    client = cast.client("reporter")
    for path in ("/workspace/", "/accounts/", "/", "/nowhere/"):
        assert client.get(path).headers["Cache-Control"] == "no-store, private"


def test_a_visitor_of_the_public_pages_gets_no_cookie_and_a_page_that_may_be_kept(client: Client, db: None) -> None:
    _home()
    answer = client.get("/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "no-store" not in answer.headers.get("Cache-Control", "")


class Unread:
    """A body that nobody may touch."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def send(client: Client, path: str, length: int | str) -> HttpResponse:
    return client.generic("POST", path, **{"CONTENT_LENGTH": str(length), "wsgi.input": Unread()})


@pytest.mark.parametrize(
    ("path", "length"),
    [
        ("/accounts/login/", 6 * MEGABYTE),
        ("/accounts/login/", "many"),
        ("/submissions/", 6 * MEGABYTE),
        ("/cms/", 6 * MEGABYTE),
    ],
)
def test_a_visitors_body_that_is_too_large_is_refused_unread(
    client: Client, db: None, path: str, length: int | str
) -> None:
    answer = send(client, path, length)
    assert answer.status_code == 413
    assert "more than can be sent here at once" in answer.content.decode()
    assert answer.headers["Connection"] == "close"


@pytest.mark.parametrize(
    ("path", "length", "refused"),
    [
        ("/workspace/", 6 * MEGABYTE, True),
        ("/submissions/", 60 * MEGABYTE, False),
        ("/submissions/", 300 * MEGABYTE, True),
        ("/cms/", 60 * MEGABYTE, False),
        ("/cms/", 200 * MEGABYTE, True),
    ],
)
def test_signed_in_people_send_more_where_files_are_taken(cast: Cast, path: str, length: int, refused: bool) -> None:
    assert (send(cast.client("reporter"), path, length).status_code == 413) is refused


def test_a_body_without_a_length_is_refused(client: Client, db: None) -> None:
    assert client.post("/accounts/login/", headers={"Transfer-Encoding": "chunked"}).status_code == 411


def test_too_many_fields_are_refused_and_no_server_error(client: Client, db: None) -> None:
    answer = client.post("/accounts/login/", {f"field{number}": "" for number in range(4001)})
    assert answer.status_code == 400


@override_settings(ALLOWED_HOSTS=["portal.example.org"])
def test_an_unknown_host_is_refused(client: Client, db: None) -> None:
    assert client.get("/accounts/login/", headers={"Host": "evil.example"}).status_code == 400


def _home() -> None:
    """A page at the root of the public site, if the migrations made none."""
    from efc_portal.website.models import HomePage

    site = Site.objects.filter(is_default_site=True).first()
    if site and isinstance(site.root_page.specific, HomePage):
        return
    root = Page.get_first_root_node()
    home = root.add_child(
        instance=HomePage(title="Home", slug="welcome", headline="H", introduction="I", steps_heading="S")
    )
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "testserver", "root_page": home})
