"""Feeds: RSS and Atom of each section and each kind of news."""

from __future__ import annotations

from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client
from wagtail.test.utils.form_data import rich_text

from efc_portal.website.enums import NewsKind
from tests.cast import Cast
from tests.website.editing import add_news, decide, submitted
from tests.website.factories import category, news_item, report
from tests.website.pages import head_of

pytestmark = pytest.mark.usefixtures("demo_site")

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["/news/", "/reports/", *(f"/news/{kind}/" for kind in NewsKind.values)]


def root_of(client: Client, url: str) -> Any:
    return ElementTree.fromstring(client.get(url).content)


def test_the_feed_is_rss_with_absolute_links(client: Client) -> None:
    answer = client.get("/news/feed.xml")
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    channel = root.find("channel")
    for required in ("title", "link", "description", "language"):
        assert channel.findtext(required), required
    assert channel.findtext("language") == "en"
    items = channel.findall("item")
    assert len(items) == 6
    for item in items:
        assert item.findtext("link").startswith("http://127.0.0.1:8000/news/")
        assert item.findtext("title")
        assert item.findtext("description")
        assert item.findtext("guid").startswith("urn:uuid:")
        assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo
    assert items[0].findtext("category") == "Event"


def test_the_feed_escapes_what_editors_write(client: Client) -> None:
    news_item(title="Banks & <platforms>", slug="banks", summary="A & B <c>", category=category("Law & order"))
    root = root_of(client, "/news/feed.xml")
    assert "Banks & <platforms>" in [item.findtext("title") for item in root.iter("item")]
    assert "Law & order" in [one.text for one in root.iter("category")]


def test_a_control_character_in_one_text_stops_no_feed(client: Client) -> None:
    """Of a page that was stored before forms took such characters out."""
    fields = {"title": "Rev\x0biew", "summary": "What\x08 it\x0csays\x1f", "author_name": "A\x01nn"}
    news_item(slug="pasted", kind="event", starts_on=date(2027, 1, 1), category=category("La\x02w"), **fields)
    report(slug="pasted", title="Re\x0bport\uffff", summary="What\x08 it says")
    for file in ("feed.xml", "atom.xml"):
        for section in ("/news/", "/news/event/", "/reports/"):
            root_of(client, f"{section}{file}")
    items = {item.findtext("title"): item for item in root_of(client, "/news/feed.xml").iter("item")}
    assert items["Rev iew"].findtext("description") == "What it says"
    assert "Law" in [one.text for one in items["Rev iew"].iter("category")]
    ris = client.get("/reports/pasted/citation.ris").content
    assert b"TI  - Re port\r\n" in ris
    assert b"AB  - What it says\r\n" in ris
    assert b"title = {{Re port}}" in client.get("/reports/pasted/citation.bib").content


def test_what_a_word_processor_pastes_is_a_blank_on_the_page_and_in_the_feed(cast: Cast, client: Client) -> None:
    body = {
        "body-count": 3,
        "body-1-type": "quote",
        "body-1-order": 1,
        "body-1-deleted": "",
        "body-1-value-text": "One\x0btwo",
        "body-1-value-who": "",
        "body-2-type": "text",
        "body-2-order": 2,
        "body-2-deleted": "",
        "body-2-value": rich_text("<p>Three\x0bfour</p>"),
    }
    assert "\\u000b" in body["body-2-value"], "as browsers send it"
    page = submitted(cast.client("editor"), title="Rev\x0biew", summary="What\x08 it says", **body)
    decide(cast.client("second_editor"), page)
    page.refresh_from_db()
    assert (page.title, page.summary) == ("Rev iew", "What it says")
    read = client.get(page.url).content.decode()
    read = client.get(page.url).content.decode()
    assert "One two" in read
    assert "Three four" in read
    assert not any(sign in read for sign in "\x08\x0b")
    assert "Rev iew" in [item.findtext("title") for item in root_of(client, "/news/feed.xml").iter("item")]


def test_a_title_of_nothing_that_shows_is_no_title(cast: Cast) -> None:
    answer = add_news(cast.client("editor"), title="\x08\x1f")
    assert "title" in answer.context["form"].errors


def test_the_latest_come_first_and_thirty_at_most(client: Client) -> None:
    for number in range(40):
        news_item(number)
    dates = [parsedate_to_datetime(item.findtext("pubDate")) for item in root_of(client, "/news/feed.xml").iter("item")]
    assert len(dates) == 30
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("section", FEEDS)
def test_every_section_has_both_feeds_with_validators(client: Client, section: str) -> None:
    for file, kind in (("feed.xml", "application/rss+xml"), ("atom.xml", "application/atom+xml")):
        answer = client.get(f"{section}{file}")
        assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8"
        assert not answer.cookies
        again = client.get(f"{section}{file}", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    root = root_of(client, f"{section}atom.xml")
    assert root.tag == f"{ATOM}feed"
    for required in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{required}"), required
    for entry in root.iter(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}id").startswith("urn:uuid:")
        assert entry.findtext(f"{ATOM}author/{ATOM}name")


def test_a_kind_has_its_own_items_alone(client: Client) -> None:
    (item,) = root_of(client, "/news/event/feed.xml").iter("item")
    assert item.findtext("title").startswith("Training for investigators")
    assert client.get("/news/nonsense/feed.xml").status_code == 404
    assert client.get("/news/event/other.xml").status_code == 404
    assert client.get("/news/other.xml").status_code == 404


def test_reports_come_with_their_files(client: Client) -> None:
    files = list(root_of(client, "/reports/feed.xml").iter("enclosure"))
    assert len(files) == 3
    assert files[0].get("type") == "application/pdf"
    assert client.get(files[0].get("url").removeprefix("http://testserver")).status_code == 200
    links = root_of(client, "/reports/atom.xml").findall(f".//{ATOM}link[@rel='enclosure']")
    assert len(links) == 6


def test_pages_say_where_their_feeds_are(client: Client) -> None:
    def feeds(url: str) -> list[str]:
        lines = head_of(client, url).splitlines()
        return [line.partition('href="')[2].partition('"')[0] for line in lines if 'rel="alternate" type="app' in line]

    both = ["/news/feed.xml", "/news/atom.xml", "/reports/feed.xml", "/reports/atom.xml"]
    for url in ("/", "/about/", "/news/", "/news/newsletter-summer/"):
        assert feeds(url) == both, url
    assert feeds("/reports/") == [*both[2:], *both[:2]]
    assert feeds("/news/?kind=call")[:2] == ["/news/call/feed.xml", "/news/call/atom.xml"]
    for url in [*both, "/news/call/feed.xml"]:
        assert client.get(url).status_code == 200
