"""The public directory of those who take part, and how an organisation stands in it or not."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from efc_portal.audit.models import AuditEvent
from efc_portal.core.page_cache import memory
from efc_portal.core.public_facts import fact
from efc_portal.partners.enums import Sector
from efc_portal.partners.models import Listing, Organisation
from efc_portal.website.loading import site_load
from tests.cast import Cast
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db


def main_of(answer: Any) -> str:
    return answer.content.decode().partition('<main id="main"')[2].partition("</main>")[0]


def form(**fields: str) -> dict[str, str]:
    return {
        "is_shown": "yes",
        "name": "Lighthouse",
        "website": "https://lighthouse.example/",
        "description_en": "We look after children.",
        "description_fr": "Nous protégeons les enfants.",
        **fields,
    }


def test_partners_are_shown_agencies_and_the_secretariat_are_not(cast: Cast, client: Client) -> None:
    assert cast.bank
    assert cast.agency
    assert cast.secretariat
    page = main_of(client.get("/partners/"))
    assert "Meridian Bank" in page
    assert "National Unit North" not in page
    assert "Secretariat" not in page
    assert client.get("/partners/meridian-bank/").status_code == 200
    assert client.get("/partners/national-unit-north/").status_code == 404
    Listing.objects.update(is_shown=True)
    page = main_of(client.get("/partners/"))
    assert "National Unit North" in page, "an agency that asked for it"
    assert "Secretariat" not in page, "the secretariat never"


def test_hidden_and_inactive_organisations_are_nowhere(cast: Cast, client: Client) -> None:
    assert cast.bank
    assert cast.ngo
    Listing.objects.filter(organisation=cast.ngo).update(is_shown=False)
    Organisation.objects.filter(pk=cast.bank.pk).update(status="suspended")
    page = main_of(client.get("/partners/"))
    assert "Partners will stand here" in page
    for slug in ("meridian-bank", "lighthouse-for-children", "never-heard-of"):
        assert client.get(f"/partners/{slug}/").status_code == 404
    assert fact("membership") is None


def test_filters_offer_what_leads_somewhere_and_ignore_the_rest(cast: Cast, client: Client) -> None:
    assert cast.bank
    assert cast.ngo
    page = main_of(client.get("/partners/?sector=financial"))
    assert "Meridian Bank" in page
    assert "Lighthouse" not in page
    page = main_of(client.get("/partners/?country=BE"))
    assert "Meridian Bank" not in page
    assert 'value="FI"' not in page
    assert "No partner fits these filters." in main_of(client.get("/partners/?sector=financial&country=BE"))
    assert "Meridian Bank" in main_of(client.get("/partners/?sector=x&country=<b>&page=-4"))


@pytest.fixture
def site(db: None) -> None:
    """The public site, whose French home page opens French addresses."""
    site_load(demo=False)


@pytest.mark.usefixtures("site")
def test_a_page_says_what_the_organisation_says_in_the_language_of_its_address(cast: Cast, client: Client) -> None:
    Listing.objects.filter(organisation=cast.bank).update(
        descriptions={"en": "A bank by the river.\n\nIt reports.", "fr": "Une banque au bord du fleuve."}
    )
    english = client.get("/partners/meridian-bank/", headers={"Accept-Language": "fr"}).content.decode()
    assert "<p>A bank by the river.</p>" in english
    assert "Netherlands" in english
    assert f'hreflang="fr" href="{settings.PORTAL_URL}/fr/partners/meridian-bank/"' in english
    french = client.get("/fr/partners/meridian-bank/").content.decode()
    assert '<html lang="fr"' in french
    assert "Une banque au bord du fleuve." in french
    assert "Pays-Bas" in french


@pytest.mark.usefixtures("site")
def test_a_language_without_a_text_shows_another(cast: Cast, client: Client) -> None:
    Listing.objects.filter(organisation=cast.bank).update(descriptions={"en": "English alone."})
    assert "English alone." in client.get("/fr/partners/meridian-bank/").content.decode()


def test_pages_set_no_cookie_and_carry_a_validator(cast: Cast, client: Client) -> None:
    assert cast.bank
    for url in ("/partners/", "/partners/meridian-bank/"):
        answer = client.get(url)
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert client.get(url, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
        assert client.post(url).status_code == 405


def test_what_was_written_is_text_and_never_markup(cast: Cast, client: Client) -> None:
    Listing.objects.filter(organisation=cast.bank).update(descriptions={"en": "<script>alert(1)</script>"})
    assert "<script>alert" not in client.get("/partners/meridian-bank/").content.decode()


def test_the_number_of_queries_does_not_grow_and_long_lists_have_pages(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    OrganisationFactory.create_batch(2)
    client.get("/partners/")
    with django_assert_max_num_queries(12) as before:
        client.get("/partners/")
    OrganisationFactory.create_batch(60, sector=Sector.TECHNOLOGY, country="FI")
    with django_assert_max_num_queries(len(before)):
        page = main_of(client.get("/partners/"))
    assert page.count("<h2>") == 24
    assert 'rel="next"' in page
    assert main_of(client.get("/partners/?page=3")).count("<h2>") == 14


def test_slugs_are_one_of_a_kind_and_stay() -> None:
    names = ["Öl & Geld", "Ol Geld", "!!!", "銀行"]
    slugs = [OrganisationFactory(name=name).listing.slug for name in names]
    assert slugs == ["ol-geld", "ol-geld-2", "organisation", "organisation-2"]


def test_a_coordinator_previews_confirms_and_the_public_reads_it(cast: Cast, client: Client) -> None:
    coordinator = cast.client("coordinator")
    assert "Lighthouse for Children" in coordinator.get("/members/listing/").content.decode()
    preview = coordinator.post("/members/listing/", form()).content.decode()
    assert "We look after children." in preview
    assert "Publish this" in preview
    assert cast.ngo.listing.descriptions == {}, "a preview changes nothing"
    again = coordinator.post("/members/listing/", form(change="1")).content.decode()
    assert 'value="Lighthouse"' in again
    coordinator.post("/members/listing/", form(confirm="1"))
    page = client.get("/partners/lighthouse-for-children/").content.decode()
    assert "We look after children." in page
    assert 'href="https://lighthouse.example/"' in page
    event = AuditEvent.objects.get(action="listing.change", actor_id=cast.coordinator.pk)
    assert (event.payload["from"], event.payload["to"]) == ("shown", "shown")


def test_hiding_is_asked_first_and_takes_the_page_away(cast: Cast, client: Client) -> None:
    coordinator = cast.client("coordinator")
    assert "Hide the organisation" in coordinator.post("/members/listing/", form(is_shown="no")).content.decode()
    coordinator.post("/members/listing/", form(is_shown="no", confirm="1"))
    assert client.get("/partners/lighthouse-for-children/").status_code == 404
    assert AuditEvent.objects.get(action="listing.change").payload["to"] == "hidden"
    coordinator.post("/members/listing/", form(confirm="1"))
    assert client.get("/partners/lighthouse-for-children/").status_code == 200


@pytest.mark.parametrize("website", ["javascript:alert(1)", "ftp://files.example/", "not an address"])
def test_a_website_is_a_website(cast: Cast, website: str) -> None:
    answer = cast.client("coordinator").post("/members/listing/", form(website=website, confirm="1"))
    assert answer.status_code == 422
    assert "https://www.example.org" in answer.content.decode()


def test_a_manager_edits_any_and_a_coordinator_only_the_own(cast: Cast) -> None:
    manager = cast.client("manager")
    assert manager.get("/members/listing/").headers["Location"] == "/members/listings/"
    assert cast.bank.name in manager.get("/members/listings/").content.decode()
    manager.post(f"/members/listings/{cast.bank.pk}/", form(name="Meridian", confirm="1"))
    assert Listing.objects.get(pk=cast.bank.pk).name == "Meridian"
    assert Listing.objects.get(pk=cast.bank.pk).slug == "meridian-bank"
    assert manager.get(f"/members/listings/{cast.secretariat.pk}/").status_code == 404
    assert cast.client("coordinator").get(f"/members/listings/{cast.ngo.pk}/").status_code == 404


def test_the_database_refuses_what_must_not_be(cast: Cast) -> None:
    listing = Listing.objects.filter(pk=cast.bank.pk)
    for wrong in ({"slug": "Not A Slug"}, {"name": ""}, {"descriptions": ["a", "list"]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            listing.update(**wrong)


def test_an_organisation_that_hides_itself_is_gone_from_pages_in_memory_at_once(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PAGE_CACHE_MB = 16
    monkeypatch.setattr(memory, "LOOK_SECONDS", 0.0)
    visitor = Client()
    assert b"/partners/" in visitor.get("/partners/").content
    assert not visitor.get("/partners/").templates, "the second answer comes from memory"
    cast.client("coordinator").post("/members/listing/", form(confirm="1"))
    assert visitor.get("/partners/").templates, "the page is made anew"
