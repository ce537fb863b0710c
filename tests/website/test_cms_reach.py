"""What editors reach in the CMS: pages, files, redirects and reports, and nothing that governs the CMS itself."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import get_resolver

from tests.cast import Cast
from tests.test_urlconf import Route, walk

pytestmark = pytest.mark.usefixtures("demo_site")

# What stands in the CMS and is not for editors: people and groups, sites, collections, the workflow itself.
GOVERNING = ("users/", "groups/", "sites/", "collections/", "workflows/", "settings/")
EDITED = ("locales/", "snippets/website/")  # by editors, and by nobody else: languages, categories, places to report to
OFFERED = (
    "/cms/",
    "/cms/account/",
    "/cms/documents/",
    "/cms/images/",
    "/cms/locales/",
    "/cms/pages/",
    "/cms/redirects/",
    "/cms/reports/links/",
    "/cms/snippets/website/newscategory/",
    "/cms/snippets/website/reportingplace/",
)


def routes() -> list[Route]:
    return [route for route in walk(get_resolver().url_patterns, "", ("/", [])) if route.template.startswith("/cms/")]


def test_editors_reach_their_work(cast: Cast) -> None:
    editor = cast.client("editor")
    for url in OFFERED:
        assert editor.get(url).status_code == 200, url


@pytest.mark.parametrize(("who", "closed"), [("editor", GOVERNING), ("manager", GOVERNING + EDITED)])
def test_what_governs_the_cms_opens_to_nobody(cast: Cast, who: str, closed: tuple[str, ...]) -> None:
    person, opened, walked = cast.client(who), [], 0
    for route in routes():
        if not route.template.removeprefix("/cms/").startswith(closed):
            continue
        path, walked = route.path({"pk": 1}), walked + 1
        for method in ("get", "post"):
            with transaction.atomic():
                answer = getattr(person, method)(path)
                transaction.set_rollback(True)
            refused = answer.status_code in (403, 404, 405) or answer.headers.get("Location", "").startswith("/cms/")
            if not refused:
                opened.append((method, path, answer.status_code))
    assert walked > 40
    assert opened == []


def test_the_menu_offers_only_what_opens(cast: Cast) -> None:
    words = cast.client("editor").get("/cms/").content.decode()
    for place in GOVERNING:
        assert f'"/cms/{place}' not in words, place
