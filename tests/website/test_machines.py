"""What other machines make of a page: a picture where it is shared, its sense in schema.org's words, the sitemap."""

from __future__ import annotations

import io
import re
from datetime import date, time

import pytest
from defusedxml import ElementTree
from django.core.files.images import ImageFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.models import Locale, Page

from efc_portal.website.machines import sitemap
from efc_portal.website.models import HomePage, NewsPage, Picture, ReportPage, StandardPage
from tests.factories.partners import OrganisationFactory
from tests.website.factories import news_item, report
from tests.website.pages import head_of, published, structured

pytestmark = pytest.mark.usefixtures("demo_site")

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
SITE = "http://127.0.0.1:8000"


def said(head: str, name: str) -> str:
    """The content of a meta element that must be there once."""
    (found,) = re.findall(rf'<meta (?:property|name)="{name}" content="([^"]*)">', head)
    return str(found)


def picture_of(client: Client, url: str) -> str:
    return said(head_of(client, url), "og:image").removeprefix(SITE)


def test_every_page_has_a_picture_of_its_title(client: Client) -> None:
    for url in ("/", "/about/", "/news/", "/news/newsletter-summer/", "/reports/strategic-assessment-2026/"):
        head = head_of(client, url)
        path = said(head, "og:image").removeprefix(SITE)
        answer = client.get(path)
        assert answer.headers["Content-Type"] == "image/png", url
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert not answer.cookies
        with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as picture:
            assert picture.size == (1200, 630)
            assert len(picture.convert("RGB").getcolors(1_000_000) or []) > 100
        assert (said(head, "og:image:width"), said(head, "og:image:height")) == ("1200", "630")
        assert said(head, "og:image:alt")
        assert said(head, "twitter:card") == "summary_large_image"
        assert said(head, "og:title")


def test_a_new_title_has_a_new_address_and_the_old_one_stays(client: Client) -> None:
    page = published(news_item(slug="named", title="Before"))
    before = picture_of(client, page.url)
    assert picture_of(client, page.url) == before
    drawn = b"".join(client.get(before).streaming_content)
    page.title = "After"
    published(page)
    after = picture_of(client, page.url)
    assert after != before
    assert b"".join(client.get(after).streaming_content) != drawn
    assert b"".join(client.get(before).streaming_content) == drawn


def test_pictures_are_made_for_titles_alone(client: Client) -> None:
    page = news_item(slug="named")
    assert client.get(f"/media/cards/{page.pk}-0123456789abcdef.png").status_code == 404
    assert client.get("/media/cards/999999-0123456789abcdef.png").status_code == 404
    path = picture_of(client, page.url)
    NewsPage.objects.get(pk=page.pk).unpublish()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("title", ["W" * 255, "Straße, Ελλάδα, България " * 9, '#read("/etc/passwd") $x$ "', "A"])
def test_any_title_fits(client: Client, title: str) -> None:
    page = news_item(slug="any", title=title[:255])
    assert client.get(picture_of(client, page.url)).status_code == 200


def test_an_editor_may_choose_another_picture(client: Client) -> None:
    written = io.BytesIO()
    Image.new("RGB", (1600, 1000), "#1f4a7c").save(written, "PNG")
    picture = Picture.objects.create(title="A street", description="A quiet street", file=ImageFile(written, "s.png"))
    page = news_item(slug="chosen", share_picture=picture)
    head = head_of(client, page.url)
    assert said(head, "og:image:alt") == "A quiet street"
    assert said(head, "og:image:type") == "image/jpeg"
    answer = client.get(said(head, "og:image").removeprefix(SITE))
    with Image.open(io.BytesIO(b"".join(answer.streaming_content))) as shown:
        assert (shown.size, shown.format) == ((1200, 630), "JPEG")
    picture.delete()
    assert client.get(page.url).status_code == 200


def test_home_is_the_organisation(client: Client) -> None:
    organisation = structured(client, "/")["Organization"]
    assert organisation["name"] == "European Financial Coalition"
    assert organisation["url"] == f"{SITE}/"
    assert client.get(organisation["logo"].removeprefix(SITE)).status_code in (
        200,
        404,
    )  # static files are not served here


def test_news_are_articles_with_the_way_to_them(client: Client) -> None:
    found = structured(client, "/news/strategic-assessment-2026-published/")
    article = found["NewsArticle"]
    assert article["headline"] == "Strategic assessment: the money has moved again"
    assert article["author"] == {"@type": "Person", "name": "Matteo Lindqvist", "jobTitle": "analyst, secretariat"}
    assert article["articleSection"] == "Virtual currency"
    assert set(article["keywords"]) == {"strategic assessment", "open data"}
    way = found["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in way] == [(1, "Home"), (2, "News"), (3, article["headline"])]
    assert [step["item"] for step in way[:2]] == [f"{SITE}/", f"{SITE}/news/"]
    assert "Event" not in found


def test_events_have_moments_or_days(client: Client) -> None:
    news_item(1, slug="timed", kind="event", starts_on=date(2027, 7, 5), starts_at=time(9), place="Brussels")
    event = structured(client, "/news/timed/")["Event"]
    assert event["startDate"] == "2027-07-05T09:00:00+02:00"
    assert "endDate" not in event
    assert event["location"]["name"] == "Brussels"
    news_item(2, slug="days", kind="event", starts_on=date(2027, 7, 5), ends_on=date(2027, 7, 6))
    event = structured(client, "/news/days/")["Event"]
    assert (event["startDate"], event["endDate"]) == ("2027-07-05", "2027-07-06")


def test_reports_name_their_files_and_their_address_that_stays(client: Client) -> None:
    page = ReportPage.objects.get(locale__language_code="en", slug="strategic-assessment-2026")
    found = structured(client, page.url)["Report"]
    assert found["identifier"] == f"{SITE}{page.permanent_path}"
    assert [file["encodingFormat"] for file in found["encoding"]] == ["application/pdf", "text/csv"]
    assert found["version"] == "Edition 2026"


def test_nothing_that_is_written_ends_the_block(client: Client) -> None:
    title = "</script><script>alert(1)</script><!-- & \u2028"
    page = news_item(slug="sharp", title=title, author_name="<b>&")
    head = head_of(client, page.url)
    assert "<script>alert" not in head
    assert "\u2028" not in head.partition("ld+json")[2]
    assert structured(client, page.url)["NewsArticle"]["headline"] == title


def test_a_preview_of_a_new_page_says_nothing_to_machines(client: Client) -> None:
    page = NewsPage(
        title="New", summary="Not there yet.", locale=Locale.objects.get(language_code="en"), date=timezone.localdate()
    )
    answer = page.make_preview_request(preview_mode="")
    assert answer.status_code == 200
    assert b"ld+json" not in answer.content
    assert b"Not there yet." in answer.content


def addresses(client: Client, url: str = "/sitemap.xml") -> list[str]:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    return [one.text for one in ElementTree.fromstring(answer.content).iter(f"{MAP}loc")]


def test_the_sitemap_has_every_live_page_and_robots_know_it(client: Client) -> None:
    news_item(slug="draft", live=False)
    live = {page.full_url for page in Page.objects.live().filter(depth__gt=1)}
    OrganisationFactory(name="Northbank")
    directory = {f"{SITE}/{language}partners/{page}" for language in ("", "de/", "fr/") for page in ("", "northbank/")}
    found = addresses(client)
    assert set(found) == live | directory
    assert len(found) == len(live) + len(directory)
    assert f"Sitemap: {SITE}/sitemap.xml" in client.get("/robots.txt").content.decode()
    first = client.get("/sitemap.xml")
    assert client.get("/sitemap.xml", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_many_addresses_go_into_several_files(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = addresses(client)
    monkeypatch.setattr(sitemap, "MOST", 10)
    parts = addresses(client)
    assert len(parts) == -(-len(whole) // 10)
    assert [one for part in parts for one in addresses(client, part.removeprefix(SITE))] == whole
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_the_sitemap_names_translations(client: Client) -> None:
    dutch, _made = Locale.objects.get_or_create(language_code="nl")
    HomePage.objects.get(locale__language_code="en").copy_for_translation(dutch).save_revision().publish()
    about = StandardPage.objects.get(locale__language_code="en", slug="about").copy_for_translation(dutch)
    about.slug = "over-ons"
    published(about)
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    named = {
        url.findtext(f"{MAP}loc"): {link.get("hreflang") for link in url.iter(LINK)} for url in root.iter(f"{MAP}url")
    }
    for address in ("/about/", "/fr/about/", "/de/about/", "/nl/over-ons/"):
        assert named[f"{SITE}{address}"] == {"en", "fr", "de", "nl"}, address
    assert named[f"{SITE}/privacy/"] == {"en", "fr"}


def test_a_report_lists_its_own_feed_first_and_describes_itself(client: Client) -> None:
    page = report(1, files=0, summary="What it says, in short.")
    head = head_of(client, page.url)
    assert said(head, "description") == "What it says, in short."
    assert said(head, "og:type") == "article"
