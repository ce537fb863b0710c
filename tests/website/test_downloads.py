"""Documents are public with the page that shows them. Each download by a person counts, for a document and a day."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from wagtail.rich_text import RichText

from efc_portal.website.downloads import download_count
from efc_portal.website.models import DownloadCount, PublicDocument, ReportDocument, ReportPage
from efc_portal.website.selectors import document_is_public
from efc_portal.website.tasks import pages_publish_scheduled
from tests.cast import Cast
from tests.website.factories import news_item, report
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


class TestWhoGetsIt:
    """A document is public while a public page shows it, and no hour before or after."""

    @pytest.fixture
    def loose(self, demo_site: None) -> PublicDocument:
        """A document that an editor uploaded, and no page shows."""
        document = PublicDocument(title="Embargoed", file=ContentFile(b"a,b\n1,2\n", "embargoed.csv"))
        document._set_document_file_metadata()
        document.save()
        return document

    @staticmethod
    def gets(document: PublicDocument) -> int:
        return Client().get(document.url, headers=READER).status_code

    def test_not_before_a_page_shows_it(self, cast: Cast, client: Client, loose: PublicDocument) -> None:
        assert client.get(loose.url, headers=READER).status_code == 404
        assert client.head(loose.url, headers=READER).status_code == 404
        for somebody in ("officer", "analyst"):
            assert cast.client(somebody).get(loose.url).status_code == 404
        for somebody in ("editor", "manager"):  # who write and approve the page that will show it
            answer = cast.client(somebody).get(loose.url, headers=READER)
            assert answer.status_code == 200
            assert "no-store" in answer.headers["Cache-Control"]
        assert counts(loose) == 0

    def test_a_superusers_flag_opens_none(self, cast: Cast, loose: PublicDocument) -> None:
        cast.officer.is_superuser = True
        cast.officer.save()
        assert cast.client("officer").get(loose.url).status_code == 404

    def test_an_embargoed_report_keeps_its_files_until_its_hour(self, loose: PublicDocument) -> None:
        page = report(7, files=0, live=False, go_live_at=timezone.now() + timedelta(hours=1))
        page.files.add(ReportDocument(document=loose))
        page.save_revision().publish()
        assert not ReportPage.objects.get(pk=page.pk).live
        assert self.gets(loose) == 404
        version = page.latest_revision
        version.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        version.content["go_live_at"] = version.approved_go_live_at.isoformat()
        version.save()
        pages_publish_scheduled()
        assert self.gets(loose) == 200

    def test_the_draft_of_a_public_page_does_not_publish_it(self, loose: PublicDocument) -> None:
        page = report(7, files=0)
        page.save_revision().publish()
        page.files.add(ReportDocument(document=loose))
        version = page.save_revision()
        assert self.gets(loose) == 404
        version.publish()
        assert self.gets(loose) == 200

    def test_it_goes_with_the_last_page_that_shows_it(self, loose: PublicDocument) -> None:
        pages = [report(number, files=0, language=language) for number, language in ((7, "en"), (8, "fr"))]
        for page in pages:
            ReportDocument.objects.create(page=page, document=loose)
        for page in pages:
            assert self.gets(loose) == 200
            page.unpublish()
        assert self.gets(loose) == 404

    def test_an_earlier_edition_keeps_its_files(self, document: PublicDocument) -> None:
        later = report(7, replaces=ReportPage.objects.get(slug="report-1", locale__language_code="en"))
        assert self.gets(document) == self.gets(later.files.first().document) == 200

    @pytest.mark.parametrize("block", ["text", "download", "chart", "more"])
    def test_whatever_on_a_page_leads_to_it(self, loose: PublicDocument, block: str) -> None:
        link = RichText(f'<p><a linktype="document" id="{loose.pk}">Data</a></p>')
        value = {
            "text": link,
            "download": {"document": loose, "text": ""},
            "chart": {"title": "Sums", "document": loose},
            "more": {"sections": [{"heading": "How", "text": link}]},
        }[block]
        page = news_item(7, live=False)
        page.body.append((block, value))
        page.save()
        assert self.gets(loose) == 404
        page.save_revision().publish()
        assert self.gets(loose) == 200

    def test_finding_out_takes_one_question_however_many_pages_show_it(
        self, loose: PublicDocument, django_assert_num_queries: Any
    ) -> None:
        for number in range(5):
            ReportDocument.objects.create(page=report(20 + number, files=0), document=loose)
            document_is_public(str(loose.pk))  # Django remembers the kinds of things
            with django_assert_num_queries(1):
                assert document_is_public(str(loose.pk))

    def test_numbers_of_no_document_find_nothing(self, client: Client, loose: PublicDocument) -> None:
        for number in ("0", f"0{loose.pk}", "9" * 30, "9" * 5000, "٣"):
            assert client.get(f"/documents/{number}/embargoed.csv").status_code == 404


def test_whoever_has_a_copy_asks_whether_it_is_still_public(client: Client, document: PublicDocument) -> None:
    answer = client.get(document.url, headers=READER)
    assert set(answer.headers["Cache-Control"].split(", ")) == {"public", "no-cache"}
    again = {**READER, "If-None-Match": answer.headers["ETag"]}
    assert "no-cache" in client.get(document.url, headers=again).headers["Cache-Control"]
    assert "Cookie" not in answer.headers.get("Vary", "")
    ReportPage.objects.get(locale__language_code="en", slug="report-1").unpublish()
    assert client.get(document.url, headers=again).status_code == 404


def test_nothing_in_a_document_acts_on_the_site(client: Client, document: PublicDocument) -> None:
    """A browser shows a PDF; whatever else hides in the file stays text."""
    headers = client.get(document.url).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Content-Type"].startswith("text/csv")


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
