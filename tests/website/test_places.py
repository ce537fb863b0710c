"""Where to report: found by country without a script, kept by editors in one table."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from efc_portal.audit.models import AuditEvent
from efc_portal.core.countries import is_country
from efc_portal.notifications.models import Mail
from efc_portal.website.content.places import ROWS
from efc_portal.website.loading import site_load
from efc_portal.website.models import NewsCategory, ReportingPlace, ReportingPlaceNote
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("demo_site")

EU = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split()


def main_of(answer: Any) -> str:
    return answer.content.decode().partition('<main id="main"')[2].partition("</main>")[0]


def found_of(page: str) -> str:
    return page.partition('id="found"')[2].partition("</section>")[0]


def test_the_first_table_covers_the_union_and_its_neighbours() -> None:
    countries = {row.country for row in ROWS}
    assert {*EU, "GB", "NO", "IS", "CH"} <= countries
    assert all(is_country(code) for code in countries - {""})
    for place in ReportingPlace.objects.all():
        place.full_clean()
        assert place.website.startswith("https://") or place.phone


def test_a_country_is_found_without_a_script(client: Client) -> None:
    page = main_of(client.get("/where-to-report/?country=FR"))
    found = found_of(page)
    assert "https://www.internet-signalement.gouv.fr/" in found
    assert 'href="tel:119"' in found
    assert '<option value="FR" selected>' in page
    assert page.index("112") < page.index('id="found"'), "the emergency number comes first"


def test_a_country_without_an_entry_falls_back(client: Client) -> None:
    found = found_of(main_of(client.get("/where-to-report/?country=JP")))
    assert "no entry for Japan" in found
    assert "https://www.inhope.org/" in found
    assert "https://www.europol.europa.eu/" in found


@pytest.mark.parametrize("wrong", ["", "XX", "<b>", "France", "fr\x00"])
def test_what_is_no_country_is_asked_for_again(client: Client, wrong: str) -> None:
    answer = client.get("/where-to-report/", {"country": wrong})
    assert answer.status_code == 200
    assert "Choose a country of the list." in main_of(answer)


def test_every_country_has_an_anchor_and_a_date_when_it_was_checked(client: Client) -> None:
    ReportingPlace.objects.filter(country="IE", kind="hotline").update(checked_on="2026-05-03")
    page = main_of(client.get("/where-to-report/"))
    assert 'href="#ie"' in page
    assert 'id="ie"' in page
    assert "Checked on 3 May 2026." in page
    assert 'href="/contact/?topic=correction"' in page


def test_notes_are_in_the_language_of_the_reader() -> None:
    place = ReportingPlace.objects.prefetch_related("notes").get(name="INHOPE")
    with override("fr"):
        assert place.note.startswith("Le réseau")
    with override("lv"):
        assert place.note == ""


def test_languages_are_in_their_own_names_each_with_a_capital() -> None:
    assert ReportingPlace(languages="mt, hr, da, ru, xx").language_names == "Malti, Hrvatski, Dansk, Русский, xx"


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_max_num_queries: Any) -> None:
    client.get("/where-to-report/")
    with django_assert_max_num_queries(16) as before:
        client.get("/where-to-report/")
    for number in range(30):
        place = ReportingPlace.objects.create(country="JP", kind="hotline", name=f"Place {number}", phone="110")
        ReportingPlaceNote.objects.create(place=place, language="en", text="A note.")
    with django_assert_max_num_queries(len(before)):
        assert "A note." in main_of(client.get("/where-to-report/"))


def test_a_second_load_leaves_the_table_to_its_editors() -> None:
    ReportingPlace.objects.exclude(country="IE").delete()
    site_load(demo=False)
    assert set(ReportingPlace.objects.values_list("country", flat=True)) == {"IE"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"website": "", "phone": ""},
        {"website": "javascript:alert(1)"},
        {"phone": "call us"},
        {"languages": "French"},
        {"checked_on": timezone.localdate() + timedelta(days=2)},
    ],
)
def test_an_entry_is_checked_with_a_sentence(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ReportingPlace(**{"country": "JP", "kind": "police", "name": "Police", "phone": "110", **wrong}).full_clean()


def test_the_database_refuses_what_must_not_be() -> None:
    for wrong in ({"website": "", "phone": ""}, {"country": "jp"}, {"kind": "friend"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReportingPlace.objects.create(**{"country": "JP", "kind": "police", "name": "P", "phone": "1", **wrong})


def test_editors_keep_the_table_and_see_what_is_due(cast: Cast) -> None:
    ReportingPlace.objects.filter(country="IE").update(checked_on=timezone.localdate())
    editor = cast.client("editor")
    every = editor.get("/cms/snippets/website/reportingplace/")
    assert "Hotline.ie" in every.content.decode()
    assert "Check it" in every.content.decode()
    due = editor.get("/cms/snippets/website/reportingplace/?due=true").content.decode()
    assert "Hotline.ie" not in due
    assert "Stopline" in due


def test_a_change_in_the_cms_shows_at_once_and_is_recorded(cast: Cast, client: Client) -> None:
    others = {cast.second_editor.pk, cast.manager.pk}
    place = ReportingPlace.objects.get(name="Hotline.ie")
    form = {
        "country": "IE",
        "kind": "hotline",
        "name": "Hotline.ie renamed",
        "website": place.website,
        "phone": "",
        "languages": "en",
        "checked_on": str(timezone.localdate()),
        "order": "0",
    } | inline_formset_of("notes")
    answer = cast.client("editor").post(f"/cms/snippets/website/reportingplace/edit/{place.pk}/", form)
    assert answer.status_code == 302, answer.content.decode()
    assert "Hotline.ie renamed" in main_of(client.get("/where-to-report/?country=IE"))
    event = AuditEvent.objects.get(action="place.change")
    assert (event.actor_id, event.payload["title"]) == (cast.editor.pk, "Hotline.ie renamed")
    told = Mail.objects.filter(template="table_changed")
    assert {mail.to_id for mail in told} == others, "everybody else who may approve"
    assert {mail.values["path"] for mail in told} == {"/where-to-report/"}


def test_a_changed_category_is_recorded_and_told(cast: Cast) -> None:
    other, category = cast.second_editor, NewsCategory.objects.get(slug="coalition")
    form = {"name": "The coalition", "slug": "coalition"} | inline_formset_of("names")
    answer = cast.client("editor").post(f"/cms/snippets/website/newscategory/edit/{category.pk}/", form)
    assert answer.status_code == 302, answer.content.decode()
    assert AuditEvent.objects.get(action="category.change").payload["title"] == "The coalition"
    assert Mail.objects.filter(template="table_changed", values__path="/news/", to=other).exists()
    cast.client("editor").post(f"/cms/snippets/website/newscategory/delete/{category.pk}/")
    assert AuditEvent.objects.get(action="category.remove").payload["title"] == "The coalition"


def test_nobody_else_reaches_the_table(cast: Cast) -> None:
    url = "/cms/snippets/website/reportingplace/"
    for who in ("officer", "coordinator"):
        assert cast.client(who).get(url).status_code == 404
    assert cast.client("manager").get(url).headers["Location"] == "/cms/", "who approves pages edits nothing"


def inline_formset_of(name: str) -> dict[str, str]:
    """An inline table without rows, as a browser sends it."""
    counts = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000"}
    return {f"{name}-{key}": value for key, value in counts.items()}
