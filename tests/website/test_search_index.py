"""What can be found follows what is live, whoever changes it; PDF text is read, whatever the file is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Locale, Page

from efc_portal.website.enums import ReadingStatus
from efc_portal.website.models import (
    DocumentText,
    NewsIndexPage,
    NewsPage,
    PublicDocument,
    ReportDocument,
    ReportPage,
    SearchEntry,
    StandardPage,
)
from efc_portal.website.search.documents import ATTEMPTS, document_text_read
from efc_portal.website.search.pdf import PROGRAM, pdf_read
from efc_portal.website.tasks import document_read, pages_publish_scheduled, search_sweep
from tests.cast import Cast
from tests.website import pdfs
from tests.website.factories import news_item, report
from tests.website.test_search import found, item, published

pytestmark = pytest.mark.usefixtures("demo_site")


@pytest.fixture(autouse=True)
def nobody_searched_yet() -> None:
    caches["memory"].clear()


def with_pdf(content: bytes, *, page: ReportPage | None = None, **fields: Any) -> PublicDocument:
    """A PDF that a report offers."""
    page = page or report(files=0, title="Basalt", slug="basalt")
    document = PublicDocument(title="Paper", file=ContentFile(content, "paper.pdf"))
    document._set_document_file_metadata()
    document.save()
    ReportDocument.objects.create(page=page, document=document, **fields)
    return document


def test_a_draft_is_not_found(client: Client) -> None:
    page = news_item(title="Quartz", slug="quartz", live=False)
    page.save_revision()
    assert found(client, "quartz") == []
    published(page)
    page.title = "Heron"
    page.save_revision()
    assert found(client, "heron") == []
    assert found(client, "quartz") == ["Quartz"]
    page.save_revision().publish()
    assert found(client, "heron") == ["Heron"]
    assert found(client, "quartz") == []


def test_what_is_withdrawn_is_found_no_longer(client: Client, cast: Cast) -> None:
    one, two = item(1, title="Quartz one", slug="one"), item(2, title="Quartz two", slug="two")
    editor = cast.client("editor")
    editor.post(f"/cms/pages/{one.pk}/unpublish/")
    assert found(client, "quartz") == ["Quartz two"]
    two.delete()
    assert found(client, "quartz") == []
    assert not SearchEntry.objects.filter(page__in=[one.pk, two.pk]).exists()


def test_pages_below_a_withdrawn_one_are_withdrawn_too(client: Client) -> None:
    about = StandardPage.objects.get(locale__language_code="en", slug="about")
    published(about.add_child(instance=StandardPage(title="Quartz", slug="quartz")))
    assert found(client, "quartz") == ["Quartz"]
    for page in about.get_descendants(inclusive=True).specific():
        page.unpublish()
    assert found(client, "quartz") == []


def test_a_page_is_found_from_its_hour_until_it_expires(client: Client) -> None:
    page = news_item(title="Quartz", slug="quartz", live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert found(client, "quartz") == []
    page.latest_revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    page.latest_revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
    page.latest_revision.save()
    pages_publish_scheduled()
    assert found(client, "quartz") == ["Quartz"]
    NewsPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    pages_publish_scheduled()
    assert found(client, "quartz") == []


def test_liveness_is_asked_of_the_page_itself(client: Client) -> None:
    """Even where nobody told the index."""
    page = item(title="Quartz", slug="quartz")
    Page.objects.filter(pk=page.pk).update(live=False)
    assert found(client, "quartz") == []


def test_results_lead_to_where_a_page_is_now(client: Client) -> None:
    page = StandardPage.objects.get(locale__language_code="en", slug="about").add_child(
        instance=StandardPage(title="Quartz", slug="quartz")
    )
    published(page)
    page.move(StandardPage.objects.get(locale__language_code="en", slug="join"), pos="last-child")
    assert 'href="/join/quartz/"' in client.get("/search/?q=quartz").content.decode()


def test_files_of_drafts_are_not_found(client: Client) -> None:
    page = report(files=0, title="Basalt", slug="basalt", live=False)
    document = with_pdf(pdfs.with_text("A heron by the canal, seen twice in one year."), page=page)
    assert document_text_read(document_id=document.pk)
    assert found(client, "heron") == []
    published(ReportPage.objects.get(pk=page.pk))
    assert found(client, "heron") == ["Paper"]
    ReportPage.objects.get(pk=page.pk).unpublish()
    assert found(client, "heron") == []


def test_a_file_that_a_report_no_longer_offers_is_not_found(client: Client) -> None:
    document = with_pdf(pdfs.with_text("A heron by the canal, seen twice in one year."))
    page = published(ReportPage.objects.get(locale__language_code="en", slug="basalt"))
    document_text_read(document_id=document.pk)
    assert found(client, "heron") == ["Paper"]
    page.files.all().delete()
    published(ReportPage.objects.get(locale__language_code="en", slug="basalt"))
    assert found(client, "heron") == []


def test_a_pdf_is_found_by_its_text_and_leads_to_the_file_and_its_page(client: Client) -> None:
    document = with_pdf(pdfs.with_text("A heron by the canal, seen twice in one year."))
    published(ReportPage.objects.get(locale__language_code="en", slug="basalt"))
    assert found(client, "heron") == []
    document_read(document.pk)
    page = client.get("/search/?q=heron").content.decode()
    assert f'<a href="{document.url}">Paper</a>' in page
    assert "A <mark>heron</mark> by the canal" in page
    assert '<a href="/reports/basalt/">Basalt</a>' in page


def test_a_download_within_a_page_is_found_too(client: Client) -> None:
    document = PublicDocument(title="Figures about quartz", file=ContentFile(b"a,b\n1,2\n", "figures.csv"))
    document._set_document_file_metadata()
    document.save()
    item(title="Basalt", slug="basalt", body=[("download", {"document": document, "text": "Heron"})])
    assert found(client, "quartz") == ["Figures about quartz"]
    assert found(client, "heron") == ["Basalt"]


def test_a_renamed_or_replaced_document_is_found_as_it_is_now(client: Client) -> None:
    document = with_pdf(pdfs.with_text("A heron by the canal, seen twice in one year."))
    published(ReportPage.objects.get(locale__language_code="en", slug="basalt"))
    document_read(document.pk)
    document.title = "Quartz paper"
    document.save()
    assert found(client, "quartz") == found(client, "heron") == ["Quartz paper"]
    document.file = ContentFile(pdfs.with_text("A stork in the meadow, seen once in ten years."), "other.pdf")
    document.save()
    assert found(client, "heron") == []
    document_read(document.pk)
    assert found(client, "stork") == ["Quartz paper"]


def test_a_file_in_another_language_is_found_by_that_languages_words(client: Client) -> None:
    document = with_pdf(pdfs.with_text("Les évaluations stratégiques des banques européennes."), language="fr")
    published(ReportPage.objects.get(locale__language_code="en", slug="basalt"))
    document_read(document.pk)
    assert found(client, "évaluations") == found(client, "evaluations strategiques") == ["Paper"]
    assert 'lang="fr"' in client.get("/search/?q=évaluations").content.decode()


def test_each_language_finds_its_own_pages(client: Client) -> None:
    french = Locale.objects.get(language_code="fr")
    page = NewsPage(title="Des chevaux", slug="chevaux", summary="Ils sont arrivés.", locale=french)
    published(NewsIndexPage.objects.get(locale=french).add_child(instance=page))
    entry = SearchEntry.objects.get(page=page)
    assert entry.locale == french
    assert found(client, "chevaux") == []
    with override("fr"):
        address = reverse("search")
    answer = client.get(f"{address}?q=cheval arriver", headers={"Accept-Language": "fr"}).content.decode()
    assert "<mark>chevaux</mark>" in answer
    assert "<mark>arrivés</mark>" in answer
    assert '<html lang="fr"' in answer


def test_a_scan_stays_findable_and_the_editor_is_told(client: Client, cast: Cast) -> None:
    document = with_pdf(pdfs.without_text(50))
    published(ReportPage.objects.get(locale__language_code="en", slug="basalt"))
    document_read(document.pk)
    assert "Paper" in found(client, "paper")
    editor = cast.client("editor")
    sentence = "No text was found on the 50 pages of this PDF; it is probably a scan."
    assert sentence in editor.get(f"/cms/documents/edit/{document.pk}/").content.decode()
    assert sentence in editor.get("/cms/reports/documents-without-text/").content.decode()
    assert "1 document holds no text" in editor.get("/cms/").content.decode()
    other = cast.client("officer")
    assert other.get("/cms/reports/documents-without-text/").status_code == 404
    document.file = ContentFile(pdfs.with_text("A heron by the canal, seen twice in one year."), "better.pdf")
    document.save()
    document_read(document.pk)
    assert "probably a scan" not in editor.get(f"/cms/documents/edit/{document.pk}/").content.decode()
    assert "holds no text" not in editor.get("/cms/").content.decode()


def test_a_scan_replaced_by_a_table_is_no_longer_complained_about() -> None:
    document = with_pdf(pdfs.without_text(1))
    document_read(document.pk)
    assert DocumentText.objects.get(document=document).problem.startswith("No text was found on the page of this PDF")
    document.file = ContentFile(b"a,b\n1,2\n", "table.csv")
    document.save()
    assert not DocumentText.objects.filter(document=document).exists()


def test_a_pdf_nobody_can_read_breaks_nothing(client: Client, cast: Cast) -> None:
    good = pdfs.with_text("A heron by the canal, seen twice in one year.")
    kinds = {
        pdfs.locked(good): ReadingStatus.LOCKED,
        good[: len(good) // 2]: ReadingStatus.BROKEN,
        b"%PDF-1.7\n" + os.urandom(5000): ReadingStatus.BROKEN,
        b"": ReadingStatus.BROKEN,
    }
    for content, status in kinds.items():
        assert pdf_read(content).status == status
    document = with_pdf(pdfs.locked(good))
    document_read(document.pk)
    said = cast.client("editor").get(f"/cms/documents/edit/{document.pk}/").content.decode()
    assert "protected by a password" in said


def test_reading_ends_in_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """A file that the reading program never comes to an end with: here, a program that never ends."""
    hanging = tmp_path / "hanging.py"
    hanging.write_text("while True: pass")
    monkeypatch.setattr("efc_portal.website.search.pdf.PROGRAM", hanging)
    began = time.monotonic()
    assert pdf_read(b"%PDF-", seconds=1).status == ReadingStatus.BROKEN
    assert time.monotonic() - began < 10
    crashing = tmp_path / "crashing.py"
    crashing.write_text(f"import os; os.kill(os.getpid(), {int(signal.SIGSEGV)})")
    monkeypatch.setattr("efc_portal.website.search.pdf.PROGRAM", crashing)
    assert pdf_read(b"%PDF-").status == ReadingStatus.BROKEN


def test_the_reading_program_knows_nothing_of_the_portal() -> None:
    program = "import sys, runpy; runpy.run_path(sys.argv[1]); print(any('django' in name for name in sys.modules))"
    command = [sys.executable, "-I", "-c", program, str(PROGRAM)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "False"


def test_a_file_that_kills_its_worker_is_given_up() -> None:
    document = with_pdf(pdfs.with_text("A heron by the canal, seen twice in one year."))
    for _kill in range(ATTEMPTS):
        DocumentText.objects.filter(document=document).update(attempts=ATTEMPTS, due_at=timezone.now())
    assert document_text_read(document_id=document.pk)
    assert DocumentText.objects.get(document=document).status == ReadingStatus.BROKEN
    assert not document_text_read(document_id=document.pk)


def test_the_sweep_catches_up(client: Client) -> None:
    """A message was lost, or a change went past the portal's own ways."""
    document = with_pdf(pdfs.with_text("A heron by the canal, seen twice in one year."))
    published(ReportPage.objects.get(locale__language_code="en", slug="basalt"))
    DocumentText.objects.filter(document=document).delete()
    SearchEntry.objects.all().delete()
    search_sweep()
    assert DocumentText.objects.get(document=document).status == ReadingStatus.WAITING
    assert found(client, "basalt") != []
    assert found(client, "chair letter")[0] == "A letter from the chair"


def test_rebuilding_gives_the_same_as_publishing(client: Client) -> None:
    def state() -> list[object]:
        fields = ("page", "document", "locale", "language", "kind", "date", "title", "summary", "text", "vector")
        return list(SearchEntry.objects.order_by("page", "document").values_list(*fields))

    document = with_pdf(pdfs.with_text("A heron by the canal, seen twice in one year."))
    published(ReportPage.objects.get(locale__language_code="en", slug="basalt"))
    for waiting in DocumentText.objects.filter(status=ReadingStatus.WAITING):
        document_text_read(document_id=waiting.pk)
    before = state()
    SearchEntry.objects.all().delete()
    said = StringIO()
    call_command("search_rebuild", stdout=said)
    assert state() == before
    call_command("search_rebuild", stdout=said)
    assert state() == before
    assert f"Search finds {len(before)} pages and files." in said.getvalue()
    assert document.pk in {row[1] for row in before}


def test_a_text_of_nothing_but_different_words_is_found_by_its_beginning(client: Client) -> None:
    document = with_pdf(pdfs.with_text("x"))
    published(ReportPage.objects.get(locale__language_code="en", slug="basalt"))
    words = " ".join(f"ж{number:x}ж" for number in range(80_000))
    DocumentText.objects.filter(document=document).update(text=f"heron {words}", status=ReadingStatus.READ)
    document.save()
    assert found(client, "heron") == ["Paper"]
