"""A reader searches the site: what is found, in which order, and what the page says."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.test import Client, override_settings
from django.utils.http import urlencode

from efc_portal.website.models import NewsPage, PublicDocument, ReportPage
from tests.website.factories import news_item, report

pytestmark = pytest.mark.usefixtures("demo_site")

TITLE = re.compile(r'<h2><a href="([^"]+)"[^>]*>(.*?)</a></h2>', re.S)


@pytest.fixture(autouse=True)
def nobody_searched_yet() -> None:
    caches["memory"].clear()


def published(page: Any) -> Any:
    page.save_revision().publish()
    return page


def item(number: int = 1, **fields: Any) -> NewsPage:
    return published(news_item(number, **fields))


def ask(client: Client, q: str, **more: object) -> str:
    answer = client.get(f"/search/?{urlencode({'q': q, **more})}")
    assert answer.status_code == 200, q
    return answer.content.decode()


def main_of(page: str) -> str:
    return page.partition('<main id="main"')[2].partition("</main>")[0]


def titles(page: str) -> list[str]:
    return [html.unescape(re.sub("<.*?>", "", title)) for _url, title in TITLE.findall(page)]


def found(client: Client, q: str, **more: object) -> list[str]:
    return titles(ask(client, q, **more))


def test_the_initial_pages_are_found_by_title_summary_and_text(client: Client) -> None:
    assert found(client, "chair letter")[0] == "A letter from the chair"
    assert found(client, "where to report")[0] == "Where to report"
    assert "About the coalition" in found(client, "contribution in kind")
    assert "A letter from the chair" in found(client, "Marquardt")


def test_a_result_leads_to_its_page_with_marked_words(client: Client) -> None:
    item(title="Vouchers & <b>cards</b>", slug="vouchers", summary="How <i>vouchers</i> are bought, and by whom.")
    page = ask(client, "voucher")
    assert ("/news/vouchers/", "<mark>Vouchers</mark> &amp; &lt;b&gt;cards&lt;/b&gt;") in TITLE.findall(page)
    assert "How &lt;i&gt;<mark>vouchers</mark>&lt;/i&gt; are bought" in page
    assert "<b>cards" not in page


def test_words_are_found_in_other_forms(client: Client) -> None:
    item(title="Transferring money", slug="transferring")
    assert found(client, "transfers") == found(client, "TRANSFERRED")
    assert "Transferring money" in found(client, "transfers")


def test_all_words_or_a_phrase_or_without_or_either(client: Client) -> None:
    item(1, title="Quartz heron lamp", slug="one")
    item(2, title="Heron quartz", slug="two")
    item(3, title="Basalt", slug="three")
    assert set(found(client, "quartz heron")) == {"Quartz heron lamp", "Heron quartz"}
    assert found(client, '"quartz heron"') == ["Quartz heron lamp"]
    assert found(client, "“quartz heron”") == ["Quartz heron lamp"]
    assert found(client, "quartz -lamp") == ["Heron quartz"]
    assert set(found(client, "lamp or basalt")) == {"Quartz heron lamp", "Basalt"}


def test_the_last_word_may_be_unfinished(client: Client) -> None:
    item(title="Evaluations of intermediaries", slug="one")
    for typed in ("eval", "evaluat", "evaluations of interm"):
        assert found(client, typed) == ["Evaluations of intermediaries"], typed


def test_some_of_the_words_are_better_than_nothing(client: Client) -> None:
    item(title="Quartz", slug="one")
    page = ask(client, "quartz zyzzyva")
    assert titles(page) == ["Quartz"]
    assert "Nothing holds all the words of “quartz zyzzyva”. These results hold some of them." in page


def test_a_slip_of_the_finger_finds_words_that_begin_alike(client: Client) -> None:
    item(title="Quartzite", slug="one")
    page = ask(client, "quartxite")
    assert titles(page) == ["Quartzite"]
    assert "please check the spelling" in page


def test_accents_and_apostrophes_need_not_be_typed_as_printed(client: Client) -> None:
    item(title="L’évaluation à l’échelle européenne", slug="one", summary="Le Café d’Élise")
    for typed in ("évaluation", "evaluation", "l'évaluation", "l’evaluation", "EUROPEENNE", "cafe d'Elise"):
        page = ask(client, typed)
        assert titles(page) == ["L’évaluation à l’échelle européenne"], typed
        assert "<mark>" in page, typed
    assert found(client, "chair's letter") == found(client, "chair’s letter")


def test_words_beside_a_stroke_are_words(client: Client) -> None:
    item(title="Vouchers/quartz", slug="one", summary="See example.org/heron.html and a@lamp.example")
    for typed in ("quartz", "vouchers/quartz", "heron", "lamp"):
        assert "Vouchers/quartz" in found(client, typed), typed


def test_titles_come_before_texts_and_the_latest_first_among_equals(client: Client) -> None:
    item(1, title="Older", slug="older", summary="Quartz.", date=date(2024, 1, 1))
    item(2, title="Newer", slug="newer", summary="Quartz.", date=date(2025, 1, 1))
    item(3, title="Quartz", slug="quartz", summary="It.", date=date(2023, 1, 1))
    assert found(client, "quartz") == ["Quartz", "Newer", "Older"]
    assert found(client, "quartz", sort="date") == ["Newer", "Older", "Quartz"]


def test_results_by_kind_and_year_with_counts(client: Client) -> None:
    item(1, title="Quartz in news", slug="one", date=date(2024, 5, 1))
    item(2, title="More quartz in news", slug="two", date=date(2025, 5, 1))
    published(report(1, title="Quartz report", slug="three", date=date(2025, 6, 1), files=1))
    page = ask(client, "quartz")
    assert re.findall(r'>([^<>]+) <span class="num">(\d+)<', page) == [
        ("All results", "4"),
        ("News", "2"),
        ("Reports", "1"),
        ("Documents", "1"),
    ]
    assert "2025 (3)" in page
    assert "2024 (1)" in page
    assert found(client, "quartz", kind="reports") == ["Quartz report"]
    assert found(client, "quartz", kind="news", year=2025) == ["More quartz in news"]
    assert len(found(client, "quartz", kind="nonsense", year="nonsense", sort="nonsense", page="nonsense")) == 4
    nothing = ask(client, "quartz", kind="reports", year=2024)
    assert "Nothing of this kind and year" in nothing
    assert "4 results" not in nothing


def test_many_results_have_pages(client: Client) -> None:
    for number in range(25):
        item(number, title=f"Quartz {number}", slug=f"quartz-{number}")
    seen = [title for number in (1, 2, 3) for title in found(client, "quartz", page=number)]
    assert len(seen) == len(set(seen)) == 25
    assert "1 to 10 of 25" in ask(client, "quartz")
    assert found(client, "quartz", page=99) == found(client, "quartz", page=3)


STRANGE = [
    *("", "   ", '"', '"""', "-", "-payments", "or", "the", "of the and", "& | ! :* <->", "\\", "'", "a'b:*", "__"),
    *("\x00", "pay\x00ments\x00", "\ud7ff\ue000\ue001", "\u202e\u200f", "🙂", '-"payments" "', "(((", "payments OR"),
    *("or or or", "<script>alert(1)</script>", "'; drop table website_searchentry; --", "payments:*&!(", "%"),
    *(
        "a" * 200,
        "é" * 150,
        "x " * 99,
        "-" * 200,
        "ß",
        "İstanbul",
        "ǆ",
        "１２３",
        "http://example.org/a?b=c",
        "a-b/c@d.e",
    ),
]


@pytest.mark.parametrize("typed", STRANGE)
def test_whatever_is_typed_is_answered(client: Client, typed: str) -> None:
    page = ask(client, typed)
    assert '<main id="main"' in page
    assert "<script>alert" not in page


def test_nothing_typed_and_nothing_found_say_what_to_do(client: Client) -> None:
    assert "Put a phrase in “quotes”" in ask(client, "")
    page = ask(client, "zyzzyva")
    assert "Nothing found for “zyzzyva”" in page
    assert "Check the spelling" in page


def test_too_long_a_search_is_told_so(client: Client) -> None:
    page = ask(client, "payments " * 1200)
    assert "This is too long to search for: use at most 200 characters." in page
    assert "<title>Error: " in page


def test_bytes_that_are_no_text_are_answered(client: Client) -> None:
    assert client.get("/search/?q=%ff%fe%00&page=%00&year=%00&kind=%ff").status_code == 200
    assert client.get(f"/search/?q=payments&year={'9' * 5000}&page={'9' * 5000}").status_code == 200
    assert client.get("/search/?q=payments&year=%C2%B2&page=-1").status_code == 200


def test_only_reading_and_no_cookie(client: Client) -> None:
    answer = client.get("/search/?q=payments")
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert '<meta name="robots" content="noindex' in answer.content.decode()
    assert "<title>“payments” – search · European Financial Coalition</title>" in answer.content.decode()
    assert client.get("/search/?q=payments", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.post("/search/").status_code == 405


def test_whoever_searches_without_end_is_asked_to_wait(client: Client) -> None:
    with override_settings(SEARCHES_A_MINUTE=3):
        answers = [client.get("/search/?q=payments") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert "Wait a minute, then search again." in answers[3].content.decode()
        assert client.get("/search/?q=payments", REMOTE_ADDR="192.0.2.7").status_code == 200
        assert client.get("/search/").status_code == 200


def test_browsers_learn_how_to_search(client: Client) -> None:
    home = client.get("/").content.decode()
    assert '<link rel="search" type="application/opensearchdescription+xml"' in home
    assert '<a class="search-link" href="/search/">' in home
    answer = client.get("/opensearch.xml")
    assert answer.headers["Content-Type"].startswith("application/opensearchdescription+xml")
    url = ElementTree.fromstring(answer.content).find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url is not None
    assert url.get("template") == "http://127.0.0.1:8000/search/?q={searchTerms}"


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_max_num_queries: Any) -> None:
    ask(client, "quartz")
    item(0, title="Quartz first", slug="first")
    ask(client, "quartz")
    with django_assert_max_num_queries(20) as before:
        ask(client, "quartz")
    searching = [one["sql"] for one in before if "website_searchentry" in one["sql"]]
    assert len(searching) <= 4
    for number in range(1, 30):
        item(number, title=f"Quartz {number}", slug=f"quartz-{number}")
        published(report(number, title=f"Quartz report {number}", files=2))
    with django_assert_max_num_queries(len(before)):
        ask(client, "quartz")
    assert ReportPage.objects.count() > 29
    assert PublicDocument.objects.count() > 58


def test_editions_of_one_title_are_told_apart(client: Client) -> None:
    old = published(report(2, title="Quartz", edition="Edition 2024"))
    published(report(1, title="Quartz", edition="Edition 2026", replaces=old, files=0))
    page = ask(client, "quartz")
    old_part, new_part = (
        next(part for part in page.split("<li>") if f"Report, {name}" in part)
        for name in ("Edition 2024", "Edition 2026")
    )
    assert "Replaced by a later edition" in old_part
    assert "Replaced by a later edition" not in new_part
    assert "CSV, 8\xa0bytes, Edition 2024" in page


@pytest.mark.parametrize("typed", ["the", "of the", "about", "The and THE", '"the"'])
def test_very_common_words_alone_find_nothing(client: Client, typed: str) -> None:
    item(title="Therefore", summary="Theory, abouts and andirons.")
    assert found(client, typed) == []


def test_figures_are_shown_as_words_and_not_as_lines_of_csv(client: Client) -> None:
    chart = {"title": "Means", "kind": "lines", "cells": "Year,Quartz card,Cash\n2022,48,21\n2024,40,33"}
    table = {"caption": "Cells", "cells": 'Name,What\n"One, two",Basalt'}
    item(body=[("chart", {**chart, "document": None, "unit": "", "caption": ""}), ("table", table)])
    page = re.sub("</?mark>", "", ask(client, "quartz"))
    assert "Year · Quartz card · Cash" in page
    assert "48" not in main_of(page)
    assert "Name · What · One, two · Basalt" in re.sub("</?mark>", "", ask(client, "basalt"))


def test_the_search_page_offers_its_languages_and_keeps_what_was_typed(client: Client) -> None:
    page = ask(client, "quartz & more")
    assert page.count('href="/fr/search/?q=quartz%20%26%20more" hreflang="fr"') == 2
    assert 'href="/fr/search/" hreflang="fr"' in client.get("/search/").content.decode()


def test_a_report_comes_before_its_own_files(client: Client) -> None:
    published(report(1, title="Quartz", slug="quartz", summary="On quartz.", files=2))
    urls = [url for url, _title in TITLE.findall(ask(client, "quartz"))]
    assert urls[0] == "/reports/quartz/"
    assert len(urls) == 3
