"""An event as a calendar entry, as RFC 5545 asks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from efc_portal.core.page_cache import EVERYTHING, cache_changed
from efc_portal.website.models import NewsPage
from tests.website.factories import news_item
from tests.website.pages import published

pytestmark = pytest.mark.usefixtures("demo_site")


def event(client: Client, **fields: Any) -> tuple[bytes, Any]:
    made = {"slug": "meeting", "kind": "event", "starts_on": date(2027, 7, 5), "place": "Brussels", **fields}
    published(news_item(**made))
    answer = client.get("/news/meeting/event.ics")
    assert answer.status_code == 200
    (found,) = Calendar.from_ical(answer.content).walk("VEVENT")
    return answer.content, found


def test_a_whole_day_ends_with_the_day_after(client: Client) -> None:
    _content, found = event(client, ends_on=date(2027, 7, 6))
    assert found.decoded("dtstart") == date(2027, 7, 5)
    assert found.decoded("dtend") == date(2027, 7, 7)
    assert str(found["location"]) == "Brussels"
    assert str(found["url"]) == "http://127.0.0.1:8000/news/meeting/"


def test_times_are_moments(client: Client) -> None:
    _content, found = event(client, starts_at=time(9, 30), ends_at=time(17))
    assert found.decoded("dtstart") == datetime(2027, 7, 5, 7, 30, tzinfo=UTC)  # Brussels, in summer
    assert found.decoded("dtend") == datetime(2027, 7, 5, 15, 0, tzinfo=UTC)


def test_lines_end_fold_and_escape_as_the_standard_asks(client: Client) -> None:
    words = "Stühle; Tische, und ein Backslash \\ – " * 6
    content, found = event(client, title="Merchants; who, what & why", summary=words.strip()[:280])
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    assert b"SUMMARY:Merchants\\; who\\, what & why" in lines
    assert str(found["description"]).startswith(words[:200])
    assert lines[:3] == [b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:-//European Financial Coalition//en"]
    assert [line for line in lines if line][-1] == b"END:VCALENDAR"


def test_control_characters_do_not_travel(client: Client) -> None:
    content, found = event(client, title="Rev\x0biew", summary="What\x08 it says", place="Brus\x1fsels")
    assert not [sign for sign in content if sign < 32 and sign not in b"\r\n"]
    assert (str(found["summary"]), str(found["location"])) == ("Rev iew", "Brussels")


@pytest.mark.parametrize("day", [date.max, date.min])
@pytest.mark.parametrize("times", [{}, {"starts_at": time(0)}, {"starts_at": time(0), "ends_at": time(23, 59)}])
def test_an_event_at_the_end_of_time_that_is_stored_already_is_answered(
    client: Client, day: date, times: dict[str, time]
) -> None:
    event(client)
    NewsPage.objects.filter(slug="meeting").update(starts_on=day, ends_on=day, **times)
    cache_changed(EVERYTHING)
    answer = client.get("/news/meeting/event.ics")
    (found,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert found.decoded("dtstart")
    for page in ("/news/meeting/", "/news/", "/news/event/feed.xml"):
        assert client.get(page).status_code == 200, page


def test_it_stays_one_entry_and_the_same_until_the_page_changes(client: Client) -> None:
    first, before = event(client)
    assert client.get("/news/meeting/event.ics").content == first
    page = NewsPage.objects.get(locale__language_code="en", slug="meeting")
    page.slug, page.place = "meeting-moved", "Paris"
    published(page)
    answer = client.get("/news/meeting-moved/event.ics")
    (after,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert after["uid"] == before["uid"]
    assert after.decoded("dtstamp") >= before.decoded("dtstamp")
    again = client.get("/news/meeting-moved/event.ics", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert answer.headers["Content-Type"].startswith("text/calendar")


def test_only_an_event_has_one(client: Client) -> None:
    assert client.get("/news/two-payment-firms-join/event.ics").status_code == 404
    news_item(slug="hidden", kind="event", starts_on=date(2027, 1, 1), live=False)
    assert client.get("/news/hidden/event.ics").status_code == 404
    assert client.get("/news/training-virtual-currency-tracing/other.ics").status_code == 404
    assert client.post("/news/training-virtual-currency-tracing/event.ics").status_code == 405
