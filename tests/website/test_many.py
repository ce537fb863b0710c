"""With thousands of news and reports, pages cost the same queries and read only what they show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker
from wagtail.models import Page

from efc_portal.website.models import NewsIndexPage, NewsPage, ReportPage
from tests.website.factories import news_many, reports_many

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("thousands of pages")]

URLS = [
    "/",
    "/news/",
    "/news/?kind=call&year=2020&page=3",
    "/news/2020/",
    "/news/many-news-5/",
    "/news/many-news-4/",
    "/reports/",
    "/reports/?kind=guidance&year=2020",
    "/reports/many-report-7/",
    "/news/feed.xml",
    "/news/event/atom.xml",
    "/reports/atom.xml",
    "/news/many-news-5/event.ics",
    "/sitemap.xml",
    "/sitemap-2.xml",
]

# pages whose path is none, or whose depth, parent or number of children is not what the tree says
PROBLEMS = """SELECT page.path FROM wagtailcore_page page
    LEFT JOIN wagtailcore_page parent ON parent.path = left(page.path, -%(step)s)
    LEFT JOIN (SELECT left(path, -%(step)s) AS above, count(*) AS number FROM wagtailcore_page GROUP BY 1) children
        ON children.above = page.path
    WHERE page.path !~ %(letters)s OR length(page.path) %% %(step)s <> 0 OR page.depth <> length(page.path) / %(step)s
        OR (page.depth > 1 AND parent.path IS NULL) OR page.numchild <> coalesce(children.number, 0)"""


def queries(client: Client, url: str) -> int:
    client.get(url)  # content types and site are known from now on
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return len(asked)


@pytest.fixture(scope="module")
def counted(_demo_site: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[dict[str, int], dict[str, int]]]:
    """The queries of each address with hundreds of pages and with twelve thousand."""
    few: dict[str, int] = {}
    many: dict[str, int] = {}
    with django_db_blocker.unblock(), transaction.atomic():
        for counts, news, reports in ((few, 100, 40), (many, 10_000, 2_000)):
            point = transaction.savepoint()
            news_many(news), reports_many(reports)
            for url in URLS:
                if not (counts is few and url == "/sitemap-2.xml"):
                    counts[url] = queries(Client(), url)
            if counts is few:
                transaction.savepoint_rollback(point)
        yield few, many
        transaction.set_rollback(True)


@pytest.mark.parametrize("url", [url for url in URLS if url != "/sitemap-2.xml"])
def test_queries_stay(counted: tuple[dict[str, int], dict[str, int]], url: str) -> None:
    few, many = counted
    assert many[url] <= few[url] + (1 if "page" in url or url == "/reports/" else 0)
    assert many[url] <= 22


def test_a_part_of_the_sitemap_takes_few(counted: tuple[dict[str, int], dict[str, int]]) -> None:
    assert counted[1]["/sitemap-2.xml"] <= 5


def test_pages_read_what_they_show(counted: Any) -> None:
    """No query brings more rows than a page of a list, a feed, or a file of the sitemap has."""
    assert NewsPage.objects.count() >= 10_000
    assert ReportPage.objects.count() >= 2_000
    for url, most in (("/news/", 40), ("/reports/", 40), ("/", 40), ("/news/feed.xml", 40)):
        rows = []
        with connection.execute_wrapper(
            lambda run, sql, params, batch, context, rows=rows: _seen(run, sql, params, batch, context, rows)
        ):
            assert Client().get(url).status_code == 200
        assert max(rows) <= most, url


def _seen(run: Any, sql: str, params: Any, batch: bool, context: Any, rows: list[int]) -> Any:
    result = run(sql, params, batch, context)
    rows.append(context["cursor"].rowcount)
    return result


def test_what_is_made_in_bulk_is_a_tree_like_any(counted: Any) -> None:
    """As treebeard's `find_problems` looks for, which asks once for each of the twelve thousand pages."""
    with connection.cursor() as cursor:
        cursor.execute(PROBLEMS, {"step": Page.steplen, "letters": f"^[{Page.alphabet}]+$"})
        assert cursor.fetchall() == []
    index = NewsIndexPage.objects.get(locale__language_code="en")
    assert index.numchild == index.get_children().count() == NewsPage.objects.filter(locale=index.locale).count()
