"""An event as a calendar entry (RFC 5545). The library folds, escapes and ends lines as the standard asks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from icalendar import Calendar, Event

from efc_portal.website.plain import plain

if TYPE_CHECKING:
    from efc_portal.website.models import NewsPage


def calendar_answer(page: NewsPage, request: HttpRequest) -> HttpResponse:
    content = calendar_of(page, address=page.get_full_url(request))
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH; component=VEVENT")
    answer.headers["Content-Disposition"] = f'attachment; filename="{page.slug}.ics"'
    return answer


def calendar_of(page: NewsPage, *, address: str) -> bytes:
    """The calendar entry of an event that has a day. It has one UID in all languages, whatever becomes of the page."""
    changed = page.last_published_at or page.first_published_at or page.latest_revision_created_at or timezone.now()
    event = Event()
    event.add("uid", str(page.translation_key))
    event.add("dtstamp", changed.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", changed.astimezone(UTC).replace(microsecond=0))
    first, end = _span(page)
    event.add("dtstart", first)
    if end:
        event.add("dtend", end)
    event.add("summary", plain(page.title))
    event.add("description", f"{plain(page.summary)}\n\n{address}")
    if page.place:
        event.add("location", plain(page.place))
    event.add("url", address)
    event.add("status", "CONFIRMED")

    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.WAGTAIL_SITE_NAME}//{page.locale.language_code}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _span(page: NewsPage) -> tuple[date, date | None]:
    """When it starts and ends: moments in UTC, or days, of which the end is the first day after."""
    assert page.starts_on
    last = page.last_day or page.starts_on
    try:
        if page.starts is None:
            return page.starts_on, last + timedelta(days=1)
        if page.ends:
            return page.starts.astimezone(UTC), page.ends.astimezone(UTC)
        over = timezone.make_aware(datetime.combine(last + timedelta(days=1), time(0)))
        return page.starts.astimezone(UTC), over.astimezone(UTC) if last > page.starts_on else None
    except OverflowError:  # an old entry at the end of time, which has no day after
        return page.starts_on, None
