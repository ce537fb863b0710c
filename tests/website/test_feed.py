"""The feed of news."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

import pytest
from defusedxml import ElementTree
from django.test import Client

from tests.website.factories import news_item

pytestmark = pytest.mark.usefixtures("demo_site")


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
        assert item.findtext("guid")
        assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo
    assert items[0].findtext("category") == "Event"


def test_the_feed_escapes_what_editors_write(client: Client) -> None:
    news_item(title="Banks & <platforms>", slug="banks", summary="A & B <c>")
    root = ElementTree.fromstring(client.get("/news/feed.xml").content)
    assert "Banks & <platforms>" in [item.findtext("title") for item in root.iter("item")]


def test_the_latest_come_first_and_thirty_at_most(client: Client) -> None:
    for number in range(40):
        news_item(number)
    root = ElementTree.fromstring(client.get("/news/feed.xml").content)
    dates = [parsedate_to_datetime(item.findtext("pubDate")) for item in root.iter("item")]
    assert len(dates) == 30
    assert dates == sorted(dates, reverse=True)
