"""Header and footer of every page on the public base template."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest

from efc_portal.core.public_facts import fact
from efc_portal.website.selectors import linked_pages


def navigation(request: HttpRequest) -> dict[str, Callable[[], list[dict[str, Any]]]]:
    """`site_navigation` and `footer_navigation`, read from the page tree when a template first asks for them."""

    @cache
    def items() -> list[tuple[Any, dict[str, Any]]]:
        found = []
        for page in linked_pages():
            url = page.get_url(request) or "/"
            language = page.locale.language_code  # of the label, whatever the reader's is
            item = {"url": url, "label": page.title, "lang": language, "current": request.path.startswith(url)}
            found.append((page, item))
        return found

    def header() -> list[dict[str, Any]]:
        shown = [(page.slug, item) for page, item in items() if page.in_header]
        for link in fact("links") or []:
            place = next((number + 1 for number, (slug, _item) in enumerate(shown) if slug == link.after), len(shown))
            shown.insert(
                place, ("", {"url": link.url, "label": link.label, "current": request.path.startswith(link.url)})
            )
        return [item for _slug, item in shown]

    def footer() -> list[dict[str, Any]]:
        feeds = [
            {"url": f"{item['url']}feed.xml", "label": "RSS", "current": False}
            for page, item in items()
            if page.is_news
        ]
        return [*(item for page, item in items() if page.in_footer), *feeds]

    return {"site_navigation": header, "footer_navigation": footer}
