"""The list of members: what it finds, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator

from efc_portal.accounts.models import User
from efc_portal.partners.enums import OrganisationStatus, Sector
from efc_portal.partners.models import Domain, Membership, Organisation
from efc_portal.partners.register import sections
from efc_portal.partners.register.sections import Cell, organisation_section, register_column
from tests.cast import Cast
from tests.factories.partners import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
LEI = "529900T8BM49AURSDO55"


def names(client: Any, query: str = "") -> list[str]:
    page = client.get(f"/members/{query}")
    assert page.status_code == 200
    return [row["organisation"].name for row in page.context["rows"]]


def fill(number: int) -> None:
    """So many organisations, each with a domain and two people, of whom one has no second factor."""
    have = Organisation.objects.count()
    made = Organisation.objects.bulk_create(
        Organisation(name=f"Member {n:05}", kind="partner", sector=Sector.FINANCIAL, country="NL")
        for n in range(have, number)
    )
    Domain.objects.bulk_create(Domain(organisation=one, name=f"m{one.name[-5:]}.example") for one in made)
    users = User.objects.bulk_create(
        User(email=f"{who}@m{one.name[-5:]}.example", name=f"{who} {one.name}") for one in made for who in ("a", "b")
    )
    Membership.objects.bulk_create(
        Membership(user=user, organisation=made[place // 2], roles=["coordinator"]) for place, user in enumerate(users)
    )
    Authenticator.objects.bulk_create(Authenticator(user=user, type="totp", data={}) for user in users[::2])


def test_filters_find_by_every_field(cast: Cast) -> None:
    client = cast.client("officer")
    OrganisationFactory(name="Τράπεζα του Αιγαίου", country="GR", lei=LEI, domains=["aegean.example"])
    assert names(client, "?q=τράπεζα") == ["Τράπεζα του Αιγαίου"]
    assert names(client, "?q=529900t8bm") == ["Τράπεζα του Αιγαίου"]
    assert names(client, "?q=@aegean.ex") == ["Τράπεζα του Αιγαίου"]
    assert names(client, "?country=GR&sector=financial&kind=partner") == ["Τράπεζα του Αιγαίου"]
    assert names(client, "?kind=law_enforcement") == []
    assert cast.bank.name in names(client, f"?joined={cast.bank.joined_on.year}")
    assert names(client, "?q=nobody&status=active") == []
    assert client.get("/members/?country=XX&joined=1&page=99&sort=password").status_code == 200


def test_standing_is_counted_and_chosen(cast: Cast) -> None:
    client = cast.client("manager")
    OrganisationFactory(name="On Notice", status=OrganisationStatus.GRACE)
    assert names(client, "?status=grace") == ["On Notice"]
    counts = {str(one["label"]): one["count"] for one in client.get("/members/?sector=financial").context["standings"]}
    assert counts == {"All": 1, "Active": 0, "In grace": 1, "Suspended": 0, "Left": 0}


def test_people_without_a_second_factor_are_found(cast: Cast) -> None:
    client = cast.client("officer")
    assert cast.reporter
    loose = OrganisationFactory(name="Loose Ends")
    PersonFactory(organisation=loose, second_factor=False)
    OrganisationFactory(name="Nobody Yet")
    assert names(client, "?people=unprotected") == ["Loose Ends"]
    assert names(client, "?people=none") == ["Nobody Yet"]
    assert "1 without a second factor" in client.get("/members/?q=loose").content.decode()


def test_the_list_sorts(cast: Cast) -> None:
    client = cast.client("officer")
    for name, country in (("Beta", "FR"), ("Alpha", "NL"), ("Gamma", "BE")):
        OrganisationFactory(name=name, country=country)
    found = names(client, "?sector=financial&sort=-name")
    assert found == ["Gamma", "Beta", "Alpha"]
    assert names(client, "?sector=financial&sort=country") == ["Gamma", "Beta", "Alpha"]


def test_ten_and_two_thousand_cost_the_same(cast: Cast, django_assert_num_queries: Any) -> None:
    client = cast.client("officer")
    fill(10)
    names(client)
    query = "?people=unprotected&q=member"
    with django_assert_num_queries(len(captured(client, query))) as few:
        names(client, query)
    fill(2000)
    with django_assert_num_queries(len(few)):
        names(client, query)
    assert len(few) < 20


def captured(client: Any, query: str) -> Sequence[Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        client.get(f"/members/{query}")
    return list(found)


def test_other_packages_add_columns_and_sections(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "_columns", [])
    monkeypatch.setattr(sections, "_sections", [])

    @register_column(key="cup", label="Favourite cup", order=1)
    def cup(organisations: Sequence[Organisation]) -> dict[UUID, Cell]:
        return {one.pk: Cell("Blue", "good") for one in organisations if one == cast.bank}

    @organisation_section(order=1, title="Cups", template="components/empty.html")
    def cups(user: User, organisation: Organisation) -> dict[str, Any] | None:
        return {} if organisation == cast.bank else None

    client, bank = cast.client("officer"), cast.bank
    assert client.get("/members/?q=meridian").content.decode().count("Favourite cup") >= 2
    assert "<h2>Cups</h2>" in client.get(f"/members/{bank.pk}/").content.decode()
    assert "<h2>Cups</h2>" not in client.get(f"/members/{cast.ngo.pk}/").content.decode()


def test_partners_and_agencies_find_no_register(cast: Cast) -> None:
    for who in ("bank_coordinator", "liaison", "outsider"):
        client = cast.client(who)
        for path in ("", "export/", "new/", f"{cast.bank.pk}/", f"{cast.bank.pk}/edit/", "contacts/import/"):
            assert client.get(f"/members/{path}").status_code == 404, (who, path)
    assert cast.client("officer").get(f"/members/{cast.bank.pk}/edit/").status_code == 403
    assert cast.client("editor").get("/members/").status_code == 403
