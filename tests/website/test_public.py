"""What anybody sees: every page open, no cookie, one number of queries, nothing that leads nowhere."""

from __future__ import annotations

import html
import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.models import Page

from efc_portal.website.content.piece import Facts
from efc_portal.website.models import ContactPage, HomePage, NewsPage, ReportingPlace, ReportPage, StandardPage
from tests.cast import Cast
from tests.contact.test_public import token, written
from tests.website.factories import in_language, news_item, report

pytestmark = pytest.mark.usefixtures("demo_site")

HREF = re.compile(r'(?:href|src)="([^"]+)"')


def public_urls() -> list[str]:
    return [page.url for page in Page.objects.live().filter(depth__gt=1).specific()]


def main_of(answer: Any) -> str:
    return answer.content.decode().partition('<main id="main"')[2].partition("</main>")[0]


def test_every_page_is_open_to_anybody_and_sets_no_cookie(client: Client) -> None:
    urls = public_urls()
    assert {"/", "/about/", "/join/", "/news/", "/reports/", "/chairs-letter/", "/privacy/"} <= set(urls)
    for url in [*urls, "/news/feed.xml", "/robots.txt", "/.well-known/security.txt"]:
        answer = client.get(url)
        assert answer.status_code == 200, url
        assert not answer.cookies, url
        assert "Cookie" not in answer.headers.get("Vary", ""), url
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"], url


def test_pages_hold_nothing_that_the_content_policy_forbids(client: Client) -> None:
    for url in public_urls():
        page = client.get(url).content.decode()
        assert not re.search(
            r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)|<style|\sstyle=|\son[a-z]+=", page
        ), url


def test_every_link_leads_somewhere(client: Client) -> None:
    links = {link for url in public_urls() for link in HREF.findall(client.get(url).content.decode())}
    inside = {link.partition("#")[0] for link in links if link.startswith("/") and not link.startswith("/static/")}
    assert len(inside) > 20
    for link in sorted(inside):
        moved = link == "/workspace/" or link.startswith("/reports/id/")
        assert client.get(link).status_code == (302 if moved else 200), link
    outside = {link for link in links if link.startswith("http") and not link.startswith("http://127.0.0.1:8000")}
    listed = set(ReportingPlace.objects.exclude(website="").values_list("website", flat=True))
    assert outside == listed, "the table of places to report to is the only way out of the site"
    assert {"https://www.inhope.org/", "https://www.europol.europa.eu/report-a-crime/report-cybercrime-online"} < listed


def test_header_and_footer_follow_the_page_tree(client: Client) -> None:
    header = [(item["label"], item["current"]) for item in client.get("/news/").context["site_navigation"]()]
    assert header == [
        ("About the coalition", False),
        ("News", True),
        ("Reports", False),
        ("Partners", False),
        ("Join", False),
    ]
    StandardPage.objects.get(slug="join", locale__language_code="en").unpublish()
    answer = client.get("/terms/")
    assert "Join" not in [item["label"] for item in answer.context["site_navigation"]()]
    assert [item["label"] for item in answer.context["footer_navigation"]() if item["current"]] == ["Terms of use"]


def test_a_page_that_did_not_change_is_not_sent_again(client: Client) -> None:
    first = client.get("/about/")
    assert first.headers["Cache-Control"] == "public, no-cache"
    again = client.get("/about/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.content
    page = StandardPage.objects.get(slug="about", locale__language_code="en")
    page.introduction = "Something else."
    page.save_revision().publish()
    changed = client.get("/about/", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert "Something else." in changed.content.decode()


def test_what_a_signed_in_person_sees_is_kept_nowhere(cast: Cast) -> None:
    answer = cast.client("reporter").get("/about/")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "ETag" not in answer.headers


def test_a_page_speaks_its_own_language(client: Client) -> None:
    answer = client.get("/news/", headers={"Accept-Language": "fr"})
    assert '<html lang="en"' in answer.content.decode()
    assert "Follow by RSS" in answer.content.decode()


def test_pages_are_only_read(client: Client) -> None:
    assert client.post("/about/").status_code == 405
    assert client.post("/news/feed.xml").status_code == 405


def test_what_is_not_there_is_a_404(client: Client) -> None:
    for url in ("/nothing/", "/news/nothing/", "/_util/login/", "/_util/authenticate_with_password/1/1/"):
        assert client.get(url).status_code == 404, url


def test_where_nothing_is_a_visitor_is_led_on(client: Client, django_assert_max_num_queries: Any) -> None:
    client.get("/nothing/")
    with django_assert_max_num_queries(12):
        answer = client.get("/nothing/")
    page, main = answer.content.decode(), main_of(answer)
    assert answer.status_code == 404
    assert "<h1>This page is not here</h1>" in main
    for link in ("/", "/news/", "/reports/", "/search/", "/where-to-report/"):
        assert f'href="{link}"' in main
    assert "workspace" not in main
    assert '<footer class="foot">' in page
    assert 'aria-label="Main"' in page
    assert 'href="/fr/" hreflang="fr"' in page
    assert "noindex" in page
    assert not answer.cookies
    assert "ETag" not in answer.headers, "the cache of pages keeps what it gave a validator"
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("url", ["/nothing.txt", "/news/nothing/", "/reports/id/zzzzzzz/", "/documents/99/x.pdf"])
def test_wherever_nothing_is_on_the_public_site_it_looks_the_same(client: Client, url: str) -> None:
    answer = client.get(url)
    assert answer.status_code == 404
    assert main_of(answer) == main_of(client.get("/nothing/"))
    assert "<h1>This page is not here</h1>" in main_of(answer)


def test_where_nothing_is_the_language_of_the_address_is_spoken(client: Client) -> None:
    page = client.get("/fr/nothing/", headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="fr"' in page
    assert 'href="/fr/where-to-report/"' in page
    assert '<html lang="en"' in client.get("/it/nothing/", headers={"Accept-Language": "fr"}).content.decode()


def test_only_whoever_is_signed_in_is_led_to_the_workspace(cast: Cast, client: Client) -> None:
    assert '<a href="/workspace/">' in main_of(cast.client("reporter").get("/nothing/"))
    inside = cast.client("reporter").get("/cases/nothing/")
    assert "Go to your workspace" in inside.content.decode()
    outside = client.get("/cases/nothing/")
    assert outside.status_code == 404
    assert "workspace" not in main_of(outside)
    assert 'aria-label="Main"' not in outside.content.decode()


def test_without_pages_nothing_is_here_either(client: Client) -> None:
    Page.objects.filter(depth=2).update(live=False)
    Page.objects.filter(depth__gt=2).delete()
    answer = client.get("/nothing/")
    assert answer.status_code == 404
    assert "<h1>This page is not here</h1>" in main_of(answer)
    assert not answer.cookies


def test_the_home_page_is_shared_with_its_name(client: Client) -> None:
    shown = "European Financial Coalition: against commercial sexual exploitation of children online"
    page = client.get("/").content.decode()
    assert f"<title>{shown}</title>" in page
    assert f'<meta property="og:title" content="{shown}">' in page


@pytest.mark.parametrize(
    ("home", "line"),
    [
        ("/", "against commercial sexual exploitation of children online"),
        ("/fr/", "contre l’exploitation sexuelle commerciale des enfants en ligne"),
        ("/de/", "gegen die kommerzielle sexuelle Ausbeutung von Kindern im Internet"),
    ],
)
def test_the_coalition_says_in_one_way_what_it_is_against(client: Client, home: str, line: str) -> None:
    page = client.get(home).content.decode()
    assert f"<small>{line}</small>" in page
    assert f": {line}</title>" in page.replace("\xa0:", ":")


def test_the_contact_page_stays_whole_after_a_mistake(client: Client) -> None:
    answer = client.post("/contact/send/", written(token=token(language="fr"), email=""))
    page = main_of(answer)
    assert answer.status_code == 422
    assert '<nav class="govuk-breadcrumbs"' in page
    contact = in_language(ContactPage, "fr")
    assert contact.introduction in html.unescape(page)
    assert contact.title in page
    assert "mailto:" in page
    contact.unpublish()
    assert client.post("/contact/send/", written(token=token(language="fr"), email="")).status_code == 422


def test_the_programme_of_the_training_has_commas(client: Client) -> None:
    training = next(page for page in NewsPage.objects.live() if page.title.startswith("Training for"))
    page = main_of(client.get(training.url))
    assert "Wallets, exchanges, and what they can tell you" in page
    assert ";" not in re.sub(r"&[#\w]+;", "", page.partition("<table")[2].partition("</table>")[0])


def test_french_is_set_as_french_is(client: Client) -> None:
    starts = timezone.localdate() + timedelta(days=9)
    event = news_item(
        language="fr", kind="event", starts_on=starts, starts_at=time(9, 30), ends_on=starts + timedelta(days=1)
    )
    with translation.override("fr"):
        day = date_format(starts, "DATE_FORMAT")
    assert f"{day} à 09:30" in main_of(client.get(event.url))
    paper = ReportPage.objects.live().filter(locale__language_code="fr", files__language="fr").first()
    assert paper is not None
    assert "PDF, français" in main_of(client.get(paper.url))


def test_who_answers_is_named_in_the_language_of_the_page(client: Client) -> None:
    with translation.override("fr"):
        there = Facts.of_settings().secretariat
    assert there == "Secrétariat de la Coalition financière européenne"
    assert Facts.of_settings().secretariat == "Secretariat of the European Financial Coalition"
    assert there in html.unescape(main_of(client.get("/fr/contact/")))


def test_what_is_printed_beside_a_file_is_its_whole_address(client: Client) -> None:
    page = main_of(client.get("/reports/strategic-assessment-2026/"))
    assert re.search(rf'data-address="{settings.PORTAL_URL}/documents/\d+/[^"]+\.pdf"', page)


def test_a_draft_is_seen_by_nobody(client: Client) -> None:
    news_item(title="Not yet", slug="not-yet", live=False)
    assert client.get("/news/not-yet/").status_code == 404
    for url in ("/", "/news/", "/news/feed.xml"):
        assert "Not yet" not in client.get(url).content.decode(), url


def test_home_shows_the_letter_the_latest_report_and_three_news(client: Client) -> None:
    page = main_of(client.get("/"))
    assert "Behind every payment" in page
    assert "Helena Marquardt" in page
    assert "Payments and displacement" in page
    assert page.count('datetime="') == 5
    assert "Coming events" in page
    assert "Illustration with demonstration data" in page


def test_home_without_figures_shows_no_chart(client: Client) -> None:
    home = in_language(HomePage)
    home.hero = []
    home.save_revision().publish()
    page = main_of(client.get("/"))
    assert '<svg class="chart' not in page
    assert "hero alone" in page


def test_news_by_kind(client: Client) -> None:
    page = main_of(client.get("/news/?kind=event"))
    assert "Training for investigators" in page
    assert "Two payment firms" not in page
    assert "Two payment firms" in main_of(client.get("/news/?kind=nonsense"))


def test_long_lists_have_pages(client: Client) -> None:
    for number in range(30):
        news_item(number)
    assert main_of(client.get("/news/")).count("<h2>") == 12
    second = main_of(client.get("/news/?page=2"))
    assert second.count("<h2>") == 12
    assert 'rel="prev"' in second
    for page in ("999", "nonsense", "-1"):
        assert client.get(f"/news/?page={page}").status_code == 200


def test_empty_lists_say_what_will_stand_there(client: Client) -> None:
    NewsPage.objects.all().delete()
    assert "No news yet" in main_of(client.get("/news/"))
    assert client.get("/").status_code == 200


def test_a_report_offers_its_files_with_language_and_size(client: Client) -> None:
    page = main_of(client.get("/reports/strategic-assessment-2026/"))
    pdf, csv = re.findall(r'href="(/documents/[^"]+)"', page)
    assert "PDF, English" in page
    assert re.search(r"\d+\.\d.KB", page)
    answer = client.get(pdf)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert client.get(pdf, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.get(csv).headers["Content-Type"] == "text/csv"
    assert not client.get(pdf).cookies


@pytest.mark.parametrize("url", ["/", "/news/", "/reports/", "/news/feed.xml"])
def test_the_number_of_queries_does_not_grow(
    client: Client, url: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(3):
        news_item(number), report(number)
    client.get(url)  # content types and site are known from now on
    with django_assert_max_num_queries(22) as before:
        client.get(url)
    for number in range(3, 40):
        news_item(number), report(number, files=3)
    allowed = len(before) + (1 if url in {"/news/", "/reports/"} else 0)
    with django_assert_max_num_queries(allowed):
        client.get(url)
