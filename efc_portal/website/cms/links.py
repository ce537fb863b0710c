"""Links in text to pages that are not public any more: readers see the words, without a dead link."""

from __future__ import annotations

from typing import Any

from wagtail.rich_text.pages import PageLinkHandler


class PublicPageLink(PageLinkHandler):
    """A link to a page, while the page is public."""

    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        return [page if page is not None and page.live else None for page in super().get_many(attrs_list)]
