"""Reading public pages in tests."""

from __future__ import annotations

import json
import re
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.models import Page


def main_of(client: Client, url: str) -> str:
    """The main element of a page that must be there."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    text: str = answer.content.decode()
    return text.partition('<main id="main"')[2].partition("</main>")[0]


def head_of(client: Client, url: str) -> str:
    text: str = client.get(url).content.decode()
    return text.partition("</head>")[0]


def titles(page: str) -> list[str]:
    """The titles in a list of news or reports."""
    return re.findall(r"<h2[^>]*><a [^>]*>([^<]+)</a></h2>", page)


def structured(client: Client, url: str) -> dict[str, dict[str, Any]]:
    """What a page says in schema.org's words, by type."""
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head_of(client, url), re.DOTALL)
    graph = json.loads(block)
    assert graph["@context"] == "https://schema.org"
    return {node["@type"]: node for node in graph["@graph"]}


def published(page: Page) -> Page:
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.last_published_at <= timezone.now()
    return page
