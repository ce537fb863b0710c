"""Reports: editions that replace one another, an address that stays, a citation, and how readers narrow the list."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from efc_portal.website import selectors
from efc_portal.website.models import ReportPage, ReportsIndexPage
from tests.cast import Cast
from tests.website.factories import report
from tests.website.pages import main_of, published, titles

pytestmark = pytest.mark.usefixtures("demo_site")


def save(cast: Cast, page: ReportPage, replaces: ReportPage) -> Any:
    form = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "kind": page.kind,
            "date": page.date,
            "edition": page.edition,
            "summary": page.summary,
            "findings": streamfield([]),
            "body": streamfield([]),
            "replaces": replaces.pk,
            "files": inline_formset([]),
            "seo_title": "",
            "search_description": "",
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            "action-publish": "1",
        }
    )
    return cast.client("editor").post(f"/cms/pages/{page.pk}/edit/", form)


def wrong(answer: Any) -> str:
    assert answer.status_code == 200, "the form was taken, though it should have been refused"
    return str(answer.context["form"].errors)


def chain() -> list[ReportPage]:
    """Three editions, the earliest first."""
    first = report(300, files=0, edition="First")
    second = report(200, files=0, edition="Second", replaces=first)
    return [first, second, report(100, files=0, edition="Third", replaces=second)]


def test_an_edition_says_which_is_valid_and_which_were_before(client: Client) -> None:
    first, second, third = chain()
    assert "replaced by a later one" in main_of(client, first.url)
    assert f'<a href="{third.url}">Report 100, Third</a>' in main_of(client, first.url)
    middle = main_of(client, second.url)
    assert f'<a href="{third.url}">Report 100, Third</a>' in middle
    assert f'<a href="{first.url}">Report 300, First</a>' in middle.partition("Earlier editions")[2]
    latest = main_of(client, third.url)
    assert "replaced by a later one" not in latest
    earlier = latest.partition("Earlier editions")[2].partition("</section>")[0]
    assert re.findall(r"Report \d+", earlier) == ["Report 200", "Report 300"]
    listed = main_of(client, "/reports/?year=2025")
    assert listed.count("Replaced by a later edition") == 2


def test_editions_of_one_title_are_told_apart_in_tabs_and_where_they_are_shared(client: Client) -> None:
    page = report(1, files=0, title="Payments", edition="Edition 2024")
    for seo_title, shown in (("", "Payments, Edition 2024"), ("Edition 2024: all", "Edition 2024: all")):
        page.seo_title = seo_title
        page.save_revision().publish()
        read = client.get(page.url).content.decode()
        assert f"<title>{shown} · European Financial Coalition</title>" in read
        assert f'<meta property="og:title" content="{shown}">' in read


def test_an_edition_that_is_no_longer_public_replaces_nothing(client: Client) -> None:
    _first, second, third = chain()
    third.unpublish()
    assert "replaced by a later one" not in main_of(client, second.url)
    assert main_of(client, "/reports/?year=2025").count("Replaced by a later edition") == 1


def test_editions_never_go_in_a_circle(cast: Cast) -> None:
    first, second, third = chain()
    assert "replaces this report already" in wrong(save(cast, first, third))
    assert "cannot replace itself" in wrong(save(cast, third, third))
    other = report(50, files=0)
    assert "is replaced by “Report 200” already" in wrong(save(cast, other, first))
    assert save(cast, other, third).status_code == 302
    ReportPage.objects.get(pk=other.pk).get_latest_revision().publish()
    assert selectors.later_ids(first.pk) == [second.pk, third.pk, other.pk]


def test_a_circle_that_came_about_all_the_same_breaks_no_page(client: Client) -> None:
    first, second, third = chain()
    ReportPage.objects.filter(pk=first.pk).update(replaces=third)
    for page in (first, second, third):
        assert client.get(page.url).status_code == 200
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportPage.objects.filter(pk=first.pk).update(replaces=first)


def test_the_permanent_link_survives_a_new_name_and_old_revisions(client: Client) -> None:
    page = report(1)
    before = page.permanent_path
    assert re.fullmatch(r"/reports/id/[2-9a-z]{7}/", before)
    revision = page.save_revision()
    del revision.content["short_id"]  # as revisions were before there were permanent links
    revision.save()
    renamed = revision.as_object()
    renamed.slug = "another-name"
    published(renamed)
    answer = client.get(before)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/reports/another-name/")
    assert "immutable" not in answer.headers["Cache-Control"]
    page = ReportPage.objects.get(pk=page.pk)
    page.move(ReportsIndexPage.objects.get(locale__language_code="en"), pos="first-child")
    assert client.get(before).status_code == 302
    assert client.get(before.upper().replace("/REPORTS/ID/", "/reports/id/")).status_code == 302
    page.unpublish()
    assert client.get(before).status_code == 404
    assert client.get("/reports/id/nothing/").status_code == 404


def test_a_copy_is_another_report() -> None:
    first, second, _third = chain()
    copy = second.copy(update_attrs={"slug": "copy", "title": "Copy"})
    assert copy.short_id not in {first.short_id, second.short_id}
    assert copy.replaces is None
    published(ReportPage.objects.get(pk=copy.pk))


def test_the_citation_names_the_permanent_link_in_three_forms(client: Client) -> None:
    page = report(1, title="Cards & 50 % {more}", edition="Edition_1", summary="First line\nand a second.")
    link = f"http://127.0.0.1:8000{page.permanent_path}"
    shown = main_of(client, page.url)
    assert link in shown.partition('id="citation"')[2].partition("</p>")[0]
    assert 'data-copy="citation"' in shown
    bib = client.get(f"{page.url}citation.bib")
    assert bib.headers["Content-Type"] == "application/x-bibtex; charset=utf-8"
    text = bib.content.decode()
    assert text.startswith(f"@techreport{{efc2025-{page.short_id},\n")
    assert r"  title = {{Cards \& 50 \% \{more\}}}," in text
    assert r"  edition = {Edition\_1}," in text
    assert f"  url = {{{link}}}," in text
    assert text.endswith("\n}\n")
    ris = client.get(f"{page.url}citation.ris").content.decode()
    lines = ris.split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert "AB  - First line and a second." in lines
    assert f"UR  - {link}" in lines
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)
    assert client.get(f"{page.url}citation.xml").status_code == 404


def test_reports_by_kind_and_year(client: Client) -> None:
    report(1, files=0, kind="guidance", date=date(2021, 3, 1))
    report(2, files=0, kind="analysis", date=date(2021, 2, 1))
    assert titles(main_of(client, "/reports/?year=2021")) == ["Report 1", "Report 2"]
    assert titles(main_of(client, "/reports/?year=2021&kind=analysis")) == ["Report 2"]
    nothing = main_of(client, "/reports/?year=2021&kind=assessment")
    assert "Nothing matches" in nothing
    assert "Reports" in nothing


def test_pages_of_text_have_no_files(client: Client) -> None:
    assert client.get("/about/feed.xml").status_code == 404
