"""Components whose templates decide something."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory


def render(source: str, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> str:
    return str(engines["django"].from_string(source).render(context or {}, request))


@pytest.mark.parametrize(
    ("value", "label", "kind"),
    [
        ("TLP:RED", "TLP:RED", "red"),
        ("AMBER+STRICT", "TLP:AMBER+STRICT", "amber"),
        ("TLP:AMBER", "TLP:AMBER", "amber"),
        ("green", "TLP:GREEN", "green"),
        ("TLP:CLEAR", "TLP:CLEAR", "clear"),
    ],
)
def test_tlp_is_written_as_first_writes_it(value: str, label: str, kind: str) -> None:
    html = render('{% include "components/tlp.html" with value=value only %}', {"value": value})
    assert f'<span class="tlp {kind}" translate="no">{label}</span>' in html


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, ["1", "2", "3", "…", "20"]),
        (3, ["1", "2", "3", "4", "5", "…", "20"]),
        (10, ["1", "…", "8", "9", "10", "11", "12", "…", "20"]),
        (20, ["1", "…", "18", "19", "20"]),
    ],
)
def test_pages_around_the_current_one(number: int, shown: list[str]) -> None:
    page = Paginator(range(500), 25).page(number)
    request = RequestFactory().get("/", {"q": "a b", "page": number})
    html = render('{% include "components/pagination.html" with page=page only %}', {"page": page}, request)
    assert re.findall(r"<(?:a|span)[^>]*>(\d+|…)</", html) == shown
    assert html.count('aria-current="page"') == 1
    assert "?q=a+b&amp;page=" in html


def test_one_page_needs_no_links() -> None:
    page = Paginator(range(3), 25).page(1)
    html = render(
        '{% include "components/pagination.html" with page=page only %}', {"page": page}, RequestFactory().get("/")
    )
    assert "3" in html
    assert "<nav" not in html


@pytest.mark.parametrize(
    ("sort", "href", "said"),
    [
        ("", "?q=x&amp;sort=waiting", None),
        ("waiting", "?q=x&amp;sort=-waiting", "ascending"),
        ("-waiting", "?q=x&amp;sort=waiting", "descending"),
    ],
)
def test_headers_sort_by_links(sort: str, href: str, said: str | None) -> None:
    request = RequestFactory().get("/", {"q": "x", "page": "3"})
    context = {"columns": [{"label": "Waiting", "key": "waiting", "num": True}, {"label": "Marks"}], "sort": sort}
    html = render('{% include "components/table_head.html" with columns=columns sort=sort only %}', context, request)
    assert f'<a href="{href}">' in html
    assert "page=" not in html
    assert (f'aria-sort="{said}"' in html) if said else ("aria-sort" not in html)


def test_progress_polls_only_while_something_runs() -> None:
    steps = [{"label": "Compared", "state": "running"}]
    source = '{% include "components/progress.html" with steps=steps poll_url=url only %}'
    assert 'hx-get="/x/"' in render(source, {"steps": steps, "url": "/x/"})
    assert "hx-get" not in render(source, {"steps": steps, "url": ""})


class _Untouched:
    """Fails the test when anybody looks."""

    def __bool__(self) -> bool:
        raise AssertionError("looked at the messages")

    def __getattr__(self, name: str) -> None:
        raise AssertionError(f"looked at {name} of the session")


def test_public_page_touches_no_session_for_a_stranger() -> None:
    """So that it can be cached, and sets no cookie."""
    request = RequestFactory().get("/")
    request.session = _Untouched()  # type: ignore[assignment]
    html = render('{% extends "base_public.html" %}', {"request": request, "messages": _Untouched()})
    assert "Sign in" in html
    assert "csrfmiddlewaretoken" not in html


def test_workspace_shell_shows_what_it_is_given() -> None:
    class User:
        is_authenticated = True

        def __str__(self) -> str:
            return "Ines Ferreira"

    request = RequestFactory().get("/cases/")
    request.user = User()  # type: ignore[assignment]
    context = {
        "request": request,
        "organisation": "Secretariat",
        "navigation": [{"label": "", "items": [{"label": "Triage", "url": "/cases/", "count": 14, "current": True}]}],
    }
    html = render('{% extends "base_work.html" %}{% block title %}Triage{% endblock %}', context)
    assert "<small>Secretariat</small>" in html
    assert re.search(
        r'<a href="/cases/" aria-current="page">\s*<span>Triage</span>\s*<span class="count">14</span>', html
    )
    assert re.search(r'<form method="post" action="/accounts/logout/">', html)
    assert "<title>Triage · European Financial Coalition</title>" in html
