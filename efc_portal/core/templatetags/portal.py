"""What every template may use: `{% load portal %}`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from efc_portal.core.countries import country_name

register = template.Library()


@register.simple_tag
def status_tag(obj: Any) -> str:
    """The state of an object as a tag. Its colour comes from the enum's `kinds()`; the word always stands there."""
    field = obj._meta.get_field("status")
    kinds = getattr(obj, "STATUS_KINDS", {})
    label = dict(field.choices).get(obj.status, obj.status)
    return render_to_string("components/tag.html", {"text": label, "kind": kinds.get(obj.status, "")})


@register.filter
def numbers(page: Page[Any]) -> list[int | None]:
    """The pages to offer in a long list: the first, those around this one, the last; None where some are left out."""
    offered = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return [one if isinstance(one, int) else None for one in offered]


BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser(user_agent: str) -> str:
    """What a person calls their browser: `Firefox, Windows`. Order matters: most name others beside themselves."""
    named = [next((name for sign, name in signs if sign in user_agent), "") for signs in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, named)) or user_agent[:80]


@register.filter
def country(code: str) -> str:
    """The name of a country by its ISO 3166-1 code."""
    return country_name(code) if code else ""


@register.filter
def waiting(since: datetime | None) -> str:
    """How long something has waited, in one unit: `12 min`, `21 h`, `2 d`."""
    return span(timezone.now() - since) if since else ""


@register.filter
def span(length: timedelta | None) -> str:
    """A length of time in one or two units, short enough for a table."""
    if length is None:
        return ""
    minutes = max(int(length.total_seconds() // 60), 0)
    if minutes < 60:
        return _("%(minutes)s min") % {"minutes": minutes}
    hours = minutes // 60
    if hours < 24:
        return _("%(hours)s h") % {"hours": hours}
    return ngettext("%(days)s day", "%(days)s days", hours // 24) % {"days": hours // 24}
