"""The links of a page, as its editors wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import ForeignKey
from wagtail.blocks import ListBlock, PageChooserBlock, RichTextBlock, StreamBlock, StructBlock, URLBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from efc_portal.website.enums import LinkKind

LONGEST = 2000
LONGEST_ID = 18  # digits, as many as PostgreSQL holds


@dataclass(frozen=True)
class Found:
    """A link: of a page or document the id, of a place `#name`, of an address of this site the path, else the URL."""

    kind: LinkKind
    target: str
    text: str = ""


def links_of(page: Page) -> list[Found]:
    """Every link of a page, each once, in the order of the page."""
    found: dict[tuple[str, str], Found] = {}
    for link in _of_fields(page):
        if len(link.target) <= LONGEST:
            found.setdefault((link.kind, link.target), link)
    return list(found.values())


def _of_fields(page: Page) -> Iterator[Found]:
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            yield from of_html(getattr(page, field.name))
        elif isinstance(field, StreamField):
            value = getattr(page, field.name)
            yield from _of_block(value.stream_block, value)
        elif _is_chosen_page(field, page) and (target := getattr(page, field.attname)):
            yield Found(LinkKind.PAGE, str(target), str(field.verbose_name))


def _is_chosen_page(field: Any, page: Page) -> bool:
    """Whether editors choose a page in a field; the tree and translations are Wagtail's own."""
    chosen = isinstance(field, ForeignKey) and not field.one_to_one
    return chosen and field.model is type(page) and field.related_model is Page


def _of_block(block: Any, value: Any) -> Iterator[Found]:
    if isinstance(block, StreamBlock):
        for child in value:
            yield from _of_block(child.block, child.value)
    elif isinstance(block, ListBlock):
        for item in value:
            yield from _of_block(block.child_block, item)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield from _of_block(child, value.get(name))
    elif isinstance(block, RichTextBlock):
        yield from of_html(value.source if value else "")
    elif isinstance(block, URLBlock) and value:
        yield from _of_href(value, value)
    elif isinstance(block, PageChooserBlock | DocumentChooserBlock) and (value or block.required):
        kind = LinkKind.PAGE if isinstance(block, PageChooserBlock) else LinkKind.DOCUMENT
        yield Found(kind, str(value.pk if value else 0), str(value.title if value else block.label))


def of_html(html: str) -> list[Found]:
    """The links of rich text as it is stored."""
    reader = _Reader()
    reader.feed(html or "")
    return reader.found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Found] = []
        self._open: list[Found] = []
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._open, self._words = list(_of_anchor({name: value or "" for name, value in attrs})), ""

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            words = " ".join(self._words.split())[:200]
            self.found += [Found(link.kind, link.target, words) for link in self._open]
            self._open = []


def _of_anchor(attributes: dict[str, str]) -> Iterator[Found]:
    kinds = {"page": LinkKind.PAGE, "document": LinkKind.DOCUMENT}
    if kind := kinds.get(attributes.get("linktype", "")):
        number = attributes.get("id", "")
        yield Found(kind, number if number.isascii() and number.isdigit() and len(number) <= LONGEST_ID else "0")
    elif href := attributes.get("href", "").strip():
        yield from _of_href(href, "")


def _of_href(href: str, text: str) -> Iterator[Found]:
    try:
        parts = urlsplit(href)
        ours = parts.netloc == urlsplit(settings.PORTAL_URL).netloc
    except ValueError:  # brackets that do not close
        yield Found(LinkKind.EXTERNAL, href, text)
        return
    if href.startswith("#"):
        yield Found(LinkKind.ANCHOR, href, text)
    elif parts.scheme in {"http", "https"} and not ours:
        yield Found(LinkKind.EXTERNAL, href, text)
    elif ours or (not parts.scheme and not parts.netloc):
        yield Found(LinkKind.PATH, (parts.path or "/") + (f"#{parts.fragment}" if parts.fragment else ""), text)
