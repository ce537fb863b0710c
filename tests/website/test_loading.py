"""Initial content is loaded once, and what editors made of it stays."""

from __future__ import annotations

from io import BytesIO, StringIO

import pikepdf
import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from wagtail.models import Page, Site

from efc_portal.audit.models import AuditEvent
from efc_portal.website.loading import site_load
from efc_portal.website.models import (
    ChairLetterPage,
    HomePage,
    InitialContent,
    NewsPage,
    PublicDocument,
    ReportDocument,
    ReportPage,
    StandardPage,
)
from tests.website.factories import in_language

pytestmark = pytest.mark.django_db


def load(*options: str) -> str:
    said = StringIO()
    call_command("load_site", *options, stdout=said)
    return said.getvalue()


def state() -> list[object]:
    pages = Page.objects.order_by("path").values_list(
        "path", "title", "live", "latest_revision_id", "last_published_at"
    )
    return [*pages, *PublicDocument.objects.values_list("pk", "file"), *Site.objects.values_list("pk", "root_page_id")]


def test_a_real_deployment_starts_without_anything_invented() -> None:
    assert "loaded: About the coalition" in load()
    assert not NewsPage.objects.exists()
    assert not ReportPage.objects.exists()
    assert not in_language(HomePage).hero
    homes = Page.objects.filter(depth=2)
    assert all(isinstance(home.specific, HomePage) for home in homes), "Wagtail's welcome page is gone"
    assert Site.objects.get(is_default_site=True).root_page.specific == in_language(HomePage)


def test_a_second_run_changes_nothing() -> None:
    load("--demo")
    before, events = state(), AuditEvent.objects.count()
    assert "nothing was changed" in load("--demo")
    assert "nothing was changed" in load()
    assert state() == before
    assert AuditEvent.objects.count() == events


def test_the_demonstration_can_follow_later() -> None:
    load()
    said = load("--demo")
    assert "loaded: Payments and displacement" in said
    assert "About the coalition" not in said
    assert in_language(HomePage).hero


def test_what_editors_changed_moved_or_deleted_stays_so(client: Client) -> None:
    load("--demo")
    about = StandardPage.objects.get(slug="about", locale__language_code="en")
    about.title, about.slug = "Who we are", "who-we-are"
    about.save_revision().publish()
    NewsPage.objects.all().delete()
    home = in_language(HomePage)
    home.hero = []
    home.save_revision().publish()
    load("--demo")
    assert client.get("/who-we-are/").status_code == 200
    assert client.get("/about/").status_code == 404
    assert not NewsPage.objects.exists()
    assert not in_language(HomePage).hero


@override_settings(DEMO=False)
def test_the_chair_and_the_secretariat_come_from_the_settings(client: Client) -> None:
    secretariat = {
        "name": "Office for Children Online",
        "address": "1 Quiet Square, 1000 Brussels",
        "email": "office@example.org",
        "security_email": "psirt@example.org",
    }
    with override_settings(CHAIR_NAME="Ada Example", SECRETARIAT=secretariat):
        load()
    assert in_language(ChairLetterPage).signed_by == "Ada Example"
    page = client.get("/contact/").content.decode()
    assert "Office for Children Online<br/>1 Quiet Square, 1000 Brussels" in page
    assert "mailto:office@example.org" in page
    assert "mailto:psirt@example.org" in client.get("/security/").content.decode()


@override_settings(DEMO=False)
def test_nobody_is_invented_outside_a_demonstration(client: Client) -> None:
    load()
    assert in_language(ChairLetterPage).signed_by == ""
    assert "Marquardt" not in client.get("/").content.decode()


def test_the_site_has_the_portals_address() -> None:
    with override_settings(PORTAL_URL="https://portal.example.org"):
        load()
        assert in_language(HomePage).full_url == "https://portal.example.org/"
    load()
    assert in_language(HomePage).full_url == "http://127.0.0.1:8000/"


def test_each_page_is_recorded_as_published_by_the_portal_itself() -> None:
    load()
    events = AuditEvent.objects.filter(action="page.publish")
    assert events.count() == InitialContent.objects.exclude(key="reporting-places").count()
    assert set(events.values_list("actor_id", flat=True)) == {None}
    assert events.filter(payload__url="/about/", payload__title="About the coalition").count() == 1


def test_a_failed_load_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_kwargs: object) -> bytes:
        raise OSError("no space left on device")

    monkeypatch.setattr("efc_portal.website.content.paper.typst.compile", fail)
    monkeypatch.setattr("efc_portal.website.content.paper.typst.compile", lambda *_a, **_k: fail())
    with pytest.raises(OSError, match="no space"):
        site_load(demo=True)
    assert not HomePage.objects.exists()
    assert not InitialContent.objects.exists()


def test_the_demo_reports_papers_are_tagged_and_say_they_are_invented() -> None:
    load("--demo")
    papers = ReportDocument.objects.filter(document__file__endswith=".pdf").select_related("document")
    assert sorted(paper.language for paper in papers) == ["en", "en", "en", "fr", "fr", "fr"]
    for language, paper in [(paper.language, paper.document) for paper in papers]:
        with paper.file.open("rb") as file, pikepdf.open(BytesIO(file.read())) as pdf:
            assert bool(pdf.Root.MarkInfo.Marked)
            assert str(pdf.Root.Lang) == language
            assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        assert paper.file_size == paper.file.size
        assert paper.file_size < 100_000
