"""Downloads are counted for a document and a day, whoever asked, and for people alone."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from efc_portal.website.downloads import download_count
from efc_portal.website.models import DownloadCount, PublicDocument, ReportPage
from tests.cast import Cast
from tests.website.factories import report
from tests.website.pages import main_of

READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def document(demo_site: None) -> PublicDocument:
    return report(1, files=1).files.get().document


def counts(document: PublicDocument) -> int:
    found = DownloadCount.objects.filter(document=document).values_list("day", "count")
    assert set(dict(found)) <= {timezone.localdate()}
    return sum(dict(found).values())


def test_each_download_counts_once_and_nothing_else_is_kept(client: Client, document: PublicDocument) -> None:
    for _time in range(3):
        answer = client.get(document.url, headers=READER)
        assert answer.status_code == 200
        assert not answer.cookies
    assert counts(document) == 3
    assert {field.name for field in DownloadCount._meta.fields} == {"id", "document", "day", "count"}


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "curl/8.5.0"},
        {"User-Agent": ""},
        {**READER, "Range": "bytes=65536-"},
        {**READER, "Sec-Purpose": "prefetch;prerender"},
    ],
    ids=["robot", "program", "nobody", "the rest of a file", "before anybody asked"],
)
def test_what_is_nobodys_download_does_not_count(
    client: Client, document: PublicDocument, headers: dict[str, str]
) -> None:
    assert client.get(document.url, headers=headers).status_code == 200
    assert counts(document) == 0


def test_neither_do_questions_and_what_the_reader_has(client: Client, document: PublicDocument) -> None:
    etag = client.get(document.url, headers=READER).headers["ETag"]
    assert client.get(document.url, headers={**READER, "If-None-Match": etag}).status_code == 304
    assert client.head(document.url, headers=READER).status_code == 200
    assert client.get(document.url.replace("report", "other"), headers=READER).status_code == 404
    assert counts(document) == 1
    assert client.get(document.url, headers={**READER, "Range": "bytes=0-"}).status_code == 200
    assert counts(document) == 2


def test_a_page_says_so_only_when_an_editor_wants_it(client: Client, document: PublicDocument) -> None:
    page = ReportPage.objects.get(locale__language_code="en", slug="report-1")
    today = timezone.localdate()
    DownloadCount.objects.create(document=document, day=today - timedelta(days=1), count=1199)
    DownloadCount.objects.create(document=document, day=today - timedelta(days=40), count=1)
    DownloadCount.objects.create(document=document, day=today, count=5)
    assert "Downloaded" not in main_of(client, page.url)
    ReportPage.objects.filter(pk=page.pk).update(show_downloads=True)
    assert "Downloaded 1,200 times until" in main_of(client, page.url)


def test_editors_read_and_take_along_the_counts(cast: Cast, document: PublicDocument) -> None:
    today = timezone.localdate()
    for ago, count in ((0, 2), (3, 5), (100, 40)):
        DownloadCount.objects.create(document=document, day=today - timedelta(days=ago), count=count)
    editor = cast.client("editor")
    page = editor.get("/cms/reports/downloads/").content.decode()
    assert "Report 1" in page
    assert "47" in page
    since = (today - timedelta(days=7)).isoformat()
    answer = editor.get(f"/cms/reports/downloads/?since={since}&export=csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert rows[0]["Document"] == "Report 1"
    assert rows[0]["Downloads"] == "7"
    assert rows[0]["Report"] == "Report 1"
    assert {row["Downloads"] for row in rows[1:]} == {"0"}
    assert cast.client("officer").get("/cms/reports/downloads/").status_code == 404
    assert editor.get("/cms/reports/downloads/?since=nonsense").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_many_at_once_all_count() -> None:
    document = PublicDocument.objects.create(title="Wanted", file="documents/wanted.csv")
    day = timezone.localdate()

    def ask(_number: int) -> None:
        try:
            download_count(document_id=document.pk, day=day)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        list(people.map(ask, range(40)))
    connections.close_all()
    assert DownloadCount.objects.get(document=document, day=day).count == 40
