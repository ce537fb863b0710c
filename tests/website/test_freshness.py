"""An edit shows at once wherever it stands, and nothing else is made anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, Site
from wagtail.snippets.models import get_snippet_models

from efc_portal.core.page_cache import memory
from efc_portal.website import freshness
from efc_portal.website.models import (
    ChairLetterPage,
    ContactPage,
    HomePage,
    JoinPage,
    NewsPage,
    PublicDocument,
    ReportPage,
    StandardPage,
)
from efc_portal.website.tasks import pages_publish_scheduled
from tests.cast import Cast
from tests.website.factories import news_item, report

pytestmark = pytest.mark.usefixtures("demo_site")
LISTS = ("/", "/news/", "/news/feed.xml")


@pytest.fixture(autouse=True)
def kept(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PAGE_CACHE_MB = 16
    monkeypatch.setattr(memory, "LOOK_SECONDS", 0.0)


def urls() -> list[str]:
    pages = [page.url for page in Page.objects.live().filter(depth__gt=1).not_type(ContactPage).specific()]
    return [*pages, "/news/feed.xml", "/news/?kind=event", "/news/?page=2"]


def made_anew(client: Client, among: list[str] | None = None) -> set[str]:
    """The addresses whose answer is not from memory; afterwards all are."""
    return {url for url in among or urls() if client.get(url).templates}


def body(client: Client, url: str) -> str:
    return str(client.get(url).content.decode())


def republish(page: Any, **fields: Any) -> None:
    page = type(page).objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_every_page_is_kept_with_every_header(client: Client, settings: Any) -> None:
    first = {url: client.get(url) for url in urls()}
    for url in urls():
        again = client.get(url)
        assert not again.templates, url
        assert again.content == first[url].content
    settings.PAGE_CACHE_MB = 0
    uncached = Client()
    for url in urls():
        again, without = client.get(url), uncached.get(url)
        assert dict(again.headers) == dict(without.headers), url
        assert again.content == without.content
        assert not again.cookies
    assert "frame-ancestors" in again.headers["Content-Security-Policy"]
    assert "Accept-Language" not in client.get("/").headers["Vary"]


def test_an_edit_of_news_drops_the_item_and_where_it_stands(client: Client) -> None:
    item = NewsPage.objects.get(locale__language_code="en", slug="two-payment-firms-join")
    far = news_item(title="Of long ago", slug="of-long-ago", date=date(2001, 1, 1))
    made_anew(client)
    assert made_anew(client) == set()
    republish(item, title="Three payment firms join")
    shown = {url for url in urls() if "payment firms join" in client.get(url).content.decode()}
    assert all("Three payment firms join" in body(client, url) for url in shown)
    assert {*LISTS, item.url} <= shown
    republish(item, summary="Another summary.")
    anew = made_anew(client)
    assert {"/", "/news/", item.url} <= anew
    assert anew <= shown
    assert far.url not in anew or far.url in shown
    assert anew.isdisjoint({"/about/", "/reports/", "/join/", "/privacy/", "/chairs-letter/"})
    assert "Another summary." in body(client, "/news/feed.xml")


def test_new_and_withdrawn_news_change_the_lists_of_news_alone(client: Client) -> None:
    elsewhere = ["/about/", "/reports/", "/reports/strategic-assessment-2026/", "/join/", "/privacy/"]
    made_anew(client)
    item = news_item(title="Just in", slug="just-in", date=timezone.localdate())
    for url in LISTS:
        assert "Just in" in body(client, url), url
    assert made_anew(client, elsewhere) == set()
    item.unpublish()
    for url in LISTS:
        assert "Just in" not in body(client, url), url
    assert client.get("/news/just-in/").status_code == 404
    assert made_anew(client, elsewhere) == set()
    item.delete()
    assert made_anew(client, elsewhere) == set()


def test_a_draft_changes_nothing(client: Client) -> None:
    made_anew(client)
    about = StandardPage.objects.get(locale__language_code="en", slug="about")
    about.introduction = "Not yet."
    about.save_revision()
    news_item(title="Draft", slug="draft", live=False)
    assert made_anew(client) == set()


def test_what_changes_on_one_page_leaves_the_others(client: Client) -> None:
    made_anew(client)
    republish(StandardPage.objects.get(locale__language_code="en", slug="privacy"), introduction="New words.")
    assert made_anew(client) == {"/privacy/"}
    republish(HomePage.objects.get(locale__language_code="en"), headline="Another headline")
    assert made_anew(client) == {"/"}
    republish(ChairLetterPage.objects.first(), opening="Another beginning.")
    assert made_anew(client) >= {"/", "/chairs-letter/"}
    assert "Another beginning." in body(client, "/")


def test_the_navigation_stands_on_every_page(client: Client) -> None:
    made_anew(client)
    pages = {url for url in urls() if url != "/news/feed.xml"}
    republish(StandardPage.objects.get(locale__language_code="en", slug="about"), title="Who we are")
    assert made_anew(client) == pages
    assert "Who we are" in body(client, "/terms/")
    republish(StandardPage.objects.get(locale__language_code="en", slug="terms"), show_in_menus=True)
    assert made_anew(client) == pages
    republish(JoinPage.objects.get(locale__language_code="en", slug="join"), slug="take-part")
    assert "/take-part/" in body(client, "/terms/")
    assert client.get("/join/").status_code == 404


def test_an_address_that_changes_takes_the_pages_below_along(client: Client) -> None:
    about = StandardPage.objects.get(locale__language_code="en", slug="about")
    below = about.add_child(instance=StandardPage(title="Below", slug="below", live=True))
    assert client.get("/about/below/").status_code == client.get("/about/below/").status_code == 200
    republish(about, slug="who-we-are")
    assert client.get("/about/below/").status_code != 200
    assert client.get("/who-we-are/below/").status_code == 200
    below.refresh_from_db()
    below.move(HomePage.objects.get(locale__language_code="en"), pos="last-child")
    assert client.get("/who-we-are/below/").status_code != 200
    assert client.get("/below/").status_code == 200


def test_reports_their_files_and_their_covers(client: Client) -> None:
    one = report(title="One", slug="one", date=timezone.localdate())
    cover = get_image_model().objects.create(title="Cover", file=get_test_image_file())
    made_anew(client)
    republish(one, cover=cover)
    assert "<picture" in body(client, "/reports/one/")
    made_anew(client)
    document = one.files.first().document
    document.title = "Renamed"
    document.save()
    assert made_anew(client) == {"/", "/reports/", "/reports/one/"}
    cover.title = "Another cover"
    cover.save()
    assert made_anew(client) == {"/", "/reports/", "/reports/one/"}
    one.files.first().delete()
    assert "/reports/one/" in made_anew(client)
    republish(ReportPage.objects.get(pk=one.pk), date=date(2001, 1, 1))
    anew = made_anew(client)
    assert {"/", "/reports/"} <= anew
    assert "/about/" not in anew


def test_what_is_scheduled_appears_and_goes(client: Client) -> None:
    item = news_item(title="At its hour", slug="at-its-hour", live=False)
    item.go_live_at = timezone.now() + timedelta(hours=1)
    item.save_revision().publish()
    made_anew(client)
    item.latest_revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    item.latest_revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    item.latest_revision.save()
    pages_publish_scheduled()
    assert "At its hour" in body(client, "/news/")
    NewsPage.objects.filter(pk=item.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    pages_publish_scheduled()
    assert "At its hour" not in body(client, "/news/")


def test_the_site_and_its_snippets_stand_everywhere(client: Client) -> None:
    made_anew(client)
    Site.objects.get().save()
    assert made_anew(client) >= {"/", "/about/", "/news/"}
    assert set(get_snippet_models()) <= set(freshness.models_everywhere())


def test_a_redirect_leaves_pages_alone_and_works_at_once(client: Client) -> None:
    assert client.get("/old/").status_code == 404
    made_anew(client)
    Redirect.add_redirect(old_path="/old/", redirect_to="/about/")
    assert client.get("/old/").status_code in (301, 302)
    assert made_anew(client) == set()


CHANGES: dict[str, Callable[[], object]] = {
    "a news item": lambda: news_item(title="New", slug="new", date=timezone.localdate()),
    "an event": lambda: news_item(2, kind="event", starts_on=date(2027, 1, 1), date=timezone.localdate()),
    "a report": lambda: report(title="New", slug="new-report", date=timezone.localdate()),
    "a title of news": lambda: republish(NewsPage.objects.order_by("-date").first(), title="Changed"),
    "a kind of news": lambda: republish(NewsPage.objects.order_by("-date").first(), kind="call"),
    "news withdrawn": lambda: NewsPage.objects.order_by("-date").first().unpublish(),
    "news deleted": lambda: NewsPage.objects.order_by("-date").first().delete(),
    "a summary of a report": lambda: republish(ReportPage.objects.order_by("-date").first(), summary="Changed"),
    "a report withdrawn": lambda: ReportPage.objects.order_by("-date").first().unpublish(),
    "a title of text": lambda: republish(
        StandardPage.objects.get(locale__language_code="en", slug="about"), title="Changed"
    ),
    "a page withdrawn": lambda: StandardPage.objects.get(locale__language_code="en", slug="join").unpublish(),
    "a letter": lambda: republish(ChairLetterPage.objects.first(), opening="Changed", title="Changed"),
    "a letter withdrawn": lambda: ChairLetterPage.objects.first().unpublish(),
    "the home page": lambda: republish(
        HomePage.objects.get(locale__language_code="en"), headline="Changed", title="Changed"
    ),
    "a file": lambda: [document.save() for document in PublicDocument.objects.all()],
}


def test_after_any_change_memory_says_what_the_portal_would(client: Client) -> None:
    """Whatever a page shows and forgot to name is found here: on every public page, after every kind of change.

    The changes follow one another, so that each meets a memory that is full.
    """
    made_anew(client)
    uncached = Client()
    for change, make in CHANGES.items():
        make()
        answers = {url: client.get(url) for url in urls()}
        kept = {url: answer.content for url, answer in answers.items() if not answer.templates}  # not just made anew
        with override_settings(PAGE_CACHE_MB=0):
            for url, content in kept.items():
                assert content == uncached.get(url).content, f"{url} after {change}"


def test_two_processes_see_the_same(client: Client) -> None:
    other = Client()  # with a memory of its own
    assert body(client, "/about/") == body(other, "/about/")
    republish(StandardPage.objects.get(locale__language_code="en", slug="about"), introduction="Seen by both.")
    assert "Seen by both." in body(client, "/about/")
    assert "Seen by both." in body(other, "/about/")


def test_whoever_is_signed_in_gets_a_page_of_their_own(cast: Cast, client: Client) -> None:
    client.get("/about/")
    person = cast.client("reporter")
    for _ in range(2):
        answer = person.get("/about/", headers={"Accept-Encoding": "br"})
        assert answer.templates
        assert answer.headers["Cache-Control"] == "no-store, private"
        assert "Content-Encoding" not in answer.headers
    assert "Workspace" in answer.content.decode()
    assert "Workspace" not in body(client, "/about/")


def test_neither_forms_nor_errors_nor_previews_are_kept(client: Client, cast: Cast) -> None:
    for url in ("/accounts/login/", "/nothing/", "/healthz"):
        first, second = client.get(url), client.get(url)
        assert "ETag" not in second.headers, url
        assert first.status_code == second.status_code
    page = StandardPage.objects.get(locale__language_code="en", slug="about")
    page.introduction = "A draft that nobody may see."
    for _ in range(2):
        assert "nobody may see" in page.make_preview_request().content.decode()
        assert "nobody may see" not in body(client, "/about/")
