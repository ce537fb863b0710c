"""Small helps for the public templates."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Model
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.rich_text import RichText

from efc_portal.core.languages import bare_address
from efc_portal.website import selectors
from efc_portal.website.languages import Version, versions_here

register = template.Library()

_H2 = re.compile(r"<h2\b([^>]*)>(.*?)</h2>", re.S)


def _anchor(heading: str) -> str:
    return slugify(strip_tags(heading)) or "section"


@register.filter
def anchored(value: RichText) -> SafeString:
    """Rich text whose second-level headings can be linked to."""
    return mark_safe(_H2.sub(lambda m: f'<h2 id="{_anchor(m[2])}"{m[1]}>{m[2]}</h2>', str(value)))  # noqa: S308  rich text is clean markup


@register.filter
def contents(body: StreamValue) -> list[dict[str, str]]:
    """The second-level headings of a body, as places on the page: `[{id, text}]`."""
    text = "".join(block.value.source for block in body if block.block_type == "text")
    return [{"id": _anchor(heading), "text": strip_tags(heading)} for _attributes, heading in _H2.findall(text)]


@register.filter
def absolute(path: str) -> str:
    """An address of this site as it is printed, with the site in front."""
    return f"{settings.PORTAL_URL}{path}" if path.startswith("/") else path


@register.simple_tag(takes_context=True)
def page_at(context: template.Context, address: str) -> Page | None:
    """The published page at an address of the language that is active."""
    found = Page.route_for_request(context["request"], bare_address(address).removeprefix("/"))
    return found.page if found else None


@register.simple_tag
def pages_using(thing: Model) -> list[Page]:
    """The pages that link to a page, a picture or a document, or show it."""
    return list(selectors.pages_using(thing))


@register.simple_tag(takes_context=True)
def languages_here(context: template.Context) -> list[Version]:
    """This page in every language there is of it; nothing where the address says no language."""
    request: Any = context.get("request")
    if not hasattr(request, "language_of_address"):
        return []
    page = context.get("page")
    return versions_here(request, page if isinstance(page, Page) else None)
