"""The page of what is due for the secretariat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from efc_portal.partners.models import Agency, Membership, Organisation
from efc_portal.partners.register import due as registry
from efc_portal.partners.register.due import Due, DueRow, due, due_count
from tests.cast import Cast
from tests.factories.partners import OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No group but those of the test."""
    monkeypatch.setattr(registry, "_groups", {})


def page_of(cast: Cast, who: str, address: str = "/members/due/") -> str:
    return cast.client(who).get(address).content.decode()


def test_nothing_is_due(cast: Cast, alone: None) -> None:
    assert "Nothing is due" in page_of(cast, "officer")


def test_a_group_shows_its_oldest_rows_and_a_way_to_all(cast: Cast, alone: None) -> None:
    for number in range(7):
        OrganisationFactory(name=f"House {number}")

    @due("houses", "Houses to visit", order=1)
    def _houses() -> Due:
        houses = Organisation.objects.filter(name__startswith="House").order_by("name")
        return Due(houses, lambda one: DueRow(one.name, "/members/", one.joined_on, one.joined_on))

    page = page_of(cast, "officer")
    assert "Houses to visit" in page
    assert "House 4" in page
    assert "House 5" not in page
    assert "Show all 7" in page
    whole = page_of(cast, "officer", "/members/due/houses/")
    assert "House 6" in whole
    assert due_count(cast.officer) == 7
    assert "/members/due/" in page_of(cast, "officer", "/workspace/")


def test_who_cannot_do_it_does_not_see_it(cast: Cast, alone: None) -> None:
    from efc_portal.core.permissions import Permission

    @due("managers", "For managers", order=1, permission=Permission.MEMBERS_MANAGE)
    def _managers() -> Due:
        return Due(Organisation.objects.order_by("name"), lambda one: DueRow(one.name))

    assert "For managers" in page_of(cast, "manager")
    assert "For managers" not in page_of(cast, "officer")
    assert cast.client("officer").get("/members/due/managers/").status_code == 404
    assert cast.client("officer").get("/members/due/nothing/").status_code == 404


def test_a_code_is_given_once(alone: None) -> None:
    due("one", "One", order=1)(lambda: Due(Organisation.objects.all(), lambda one: DueRow(one.name)))
    with pytest.raises(ValueError, match="two groups"):
        due("one", "One", order=1)(lambda: Due(Organisation.objects.all(), lambda one: DueRow(one.name)))


def test_keys_to_confirm(cast: Cast) -> None:
    assert "National Unit North" not in page_of(cast, "officer", "/members/due/agency_keys/")
    Agency.objects.filter(pk=cast.agency.pk).update(recipient_confirmed_at=None)
    assert "National Unit North" in page_of(cast, "officer", "/members/due/agency_keys/")


def test_organisations_that_nobody_looks_after(cast: Cast) -> None:
    address = "/members/due/no_coordinator/"
    cast.reporter, cast.coordinator, cast.liaison, cast.other_agency  # noqa: B018  made when named
    page = page_of(cast, "officer", address)
    assert "Meridian Bank" in page
    assert "National Unit South" in page
    for name in ("Lighthouse", "National Unit North", "Secretariat of the coalition, "):
        assert name not in page
    Membership.objects.filter(user=cast.coordinator).update(suspended_at=timezone.now())
    assert "Lighthouse" in page_of(cast, "officer", address)


def test_people_without_a_second_factor(cast: Cast) -> None:
    address = "/members/due/no_second_factor/"
    cast.reporter, cast.newcomer  # noqa: B018  made when named
    assert "Nina Jansen" not in page_of(cast, "officer", address)
    Membership.objects.update(started_at=timezone.now() - timedelta(days=15))
    page = page_of(cast, "officer", address)
    assert "Nina Jansen" in page
    assert "Rosa de Vries" not in page


def test_the_number_of_queries_does_not_grow(cast: Cast, django_assert_max_num_queries: Callable[..., Any]) -> None:
    client = cast.client("manager")
    PersonFactory(organisation=cast.bank, second_factor=False)
    Membership.objects.update(started_at=timezone.now() - timedelta(days=15))
    client.get("/members/due/")
    with django_assert_max_num_queries(60) as before:
        client.get("/members/due/")
    for number in range(8):
        PersonFactory(organisation=OrganisationFactory(name=f"House {number}"), second_factor=False)
    Membership.objects.update(started_at=timezone.now() - timedelta(days=15))
    with django_assert_max_num_queries(len(before)):
        client.get("/members/due/")


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("coordinator", 404), ("liaison", 404)])
def test_others_stay_outside(cast: Cast, who: str, status: int) -> None:
    for address in ("/members/due/", "/members/due/agency_keys/"):
        assert cast.client(who).get(address).status_code == status
