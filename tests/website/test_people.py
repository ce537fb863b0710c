"""Who takes part and how to join on the home page; joining; the contact page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from efc_portal.contact.guard import token_read
from efc_portal.website.content.en import contact as contact_en
from efc_portal.website.content.en import join as join_en
from efc_portal.website.content.en import legal as legal_en
from efc_portal.website.content.fr import contact as contact_fr
from efc_portal.website.content.fr import join as join_fr
from efc_portal.website.content.fr import legal as legal_fr
from efc_portal.website.content.piece import Facts
from efc_portal.website.models import ContactPage, JoinPage
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("demo_site")


def main_of(answer: Any) -> str:
    return answer.content.decode().partition('<main id="main"')[2].partition("</main>")[0]


def test_home_says_who_takes_part_by_number_and_name(cast: Cast, client: Client) -> None:
    assert "Who takes part" not in main_of(client.get("/")), "nobody is listed"
    assert cast.bank
    assert cast.ngo
    page = main_of(client.get("/"))
    assert re.search(r"<dt>Financial services</dt><dd>1</dd>", page)
    assert 'href="/partners/meridian-bank/"' in page
    assert 'href="/partners/"' in page


def test_home_shows_the_way_in_of_the_page_about_joining(client: Client) -> None:
    page = main_of(client.get("/"))
    assert "Four to eight weeks" in page
    JoinPage.objects.get(locale__language_code="en").unpublish()
    assert "Four to eight weeks" not in main_of(client.get("/"))


def test_joining_has_steps_with_durations_questions_and_a_way_on(client: Client) -> None:
    page = main_of(client.get("/join/"))
    assert page.count('class="duration"') == 5
    assert page.count("<details") == len(join_en.QUESTIONS)
    assert 'class="btn" href="/join/apply/"' in page
    assert 'href="/contact/?topic=joining"' in page
    assert '<option value="joining" selected>' in main_of(client.get("/contact/?topic=joining"))


def test_without_a_contact_page_no_button_leads_nowhere(client: Client) -> None:
    ContactPage.objects.get(locale__language_code="en").unpublish()
    assert "topic=joining" not in main_of(client.get("/join/"))


def test_the_contact_page_carries_a_fresh_form_and_is_kept_by_nobody(client: Client) -> None:
    answer = client.get("/contact/")
    page = main_of(answer)
    marking = re.search(r'name="token" value="([^"]+)"', page)
    assert marking
    assert token_read(marking[1]).problem == "early"
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in page
    assert 'action="/contact/send/"' in page
    assert client.get("/contact/?topic=<b>").status_code == 200


def test_the_pages_cannot_be_taken_away_in_the_cms(cast: Cast) -> None:
    editor = cast.client("editor")
    for page in (JoinPage.objects.get(locale__language_code="en"), ContactPage.objects.get(locale__language_code="en")):
        assert editor.get(f"/cms/pages/{page.pk}/delete/").status_code in (302, 403)
        assert 'name="slug"' not in editor.get(f"/cms/pages/{page.pk}/edit/").content.decode()


@pytest.mark.parametrize(
    ("english", "french"), [(contact_en, contact_fr), (join_en, join_fr), (legal_en, legal_fr)], ids=str
)
def test_french_is_parallel_to_english(english: Any, french: Any) -> None:
    facts = Facts.of_settings()
    for ours, theirs in zip(english.pieces(facts), french.pieces(facts), strict=True):
        assert (ours.key, ours.page.slug, type(ours.page)) == (theirs.key, theirs.page.slug, type(theirs.page))
        assert ours.page.title != theirs.page.title or ours.page.title == "Contact"
        assert [block["type"] for block in ours.page.body.raw_data] == [
            block["type"] for block in theirs.page.body.raw_data
        ]
        for field in ("title", "introduction", "search_description"):
            longest = type(theirs.page)._meta.get_field(field).max_length
            assert longest is None or len(getattr(theirs.page, field)) <= longest


def test_pages_loaded_as_plain_text_become_their_kind() -> None:
    """What the migration does for a site that was loaded before these pages had kinds of their own."""
    from importlib import import_module

    from django.apps import apps
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page, Revision

    from efc_portal.website.models import StandardPage

    page = ContactPage.objects.get(locale__language_code="en")
    plain = ContentType.objects.get_for_model(StandardPage)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM website_contactpage")
    Page.objects.filter(pk=page.pk).update(content_type=plain)
    Revision.objects.filter(object_id=str(page.pk)).update(content_type=plain)
    migration = import_module("efc_portal.website.migrations.0007_reporting_places")
    with connection.schema_editor(atomic=False) as editor:
        migration.pages_become_their_kind(apps, editor)
    again = Page.objects.get(pk=page.pk).specific
    assert isinstance(again, ContactPage)
    assert again.title == page.title
    again.get_latest_revision_as_object().save_revision().publish()
    assert ContactPage.objects.get(locale__language_code="en").live
