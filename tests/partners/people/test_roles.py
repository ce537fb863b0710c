"""Roles: what is gained and lost is shown before it counts, and somebody always keeps the last one."""

from __future__ import annotations

import pytest
from django.core import mail

from efc_portal.core.errors import ApplicationError, NotPermitted
from efc_portal.partners.enums import OrganisationKind, Role
from efc_portal.partners.models import Membership
from efc_portal.partners.people.access import access_change
from efc_portal.partners.people.services import (
    person_change_roles,
    person_end,
    person_suspend,
)
from efc_portal.partners.permissions import ROLES
from efc_portal.workflow.worker import work_drain_for
from tests.cast import Cast
from tests.factories import stages
from tests.factories.partners import PersonFactory
from tests.partners.people.places import place

pytestmark = pytest.mark.django_db


# --- roles


def test_the_effective_access_is_read_before_it_changes(cast: Cast) -> None:
    one, client = place(cast.reporter), cast.client("bank_coordinator", fresh=True)
    address = f"/members/people/{one.pk}/roles/"
    page = client.post(address, {"roles": ["coordinator"]}).content.decode()
    gained, lost = page.index("They gain"), page.index("They lose")
    assert gained < page.index("Manage your organisation’s people and their roles") < lost
    one.refresh_from_db()
    assert one.roles == ["reporter"]
    answer = client.post(address, {"roles": ["coordinator"], "before": ["reporter"], "confirm": "1"})
    assert answer.status_code == 302
    one.refresh_from_db()
    assert one.roles == ["coordinator"]
    work_drain_for(5)
    assert mail.outbox[-1].to == ["reporter@meridian.example"]


def test_a_change_meanwhile_is_a_conflict(cast: Cast) -> None:
    one, client = place(cast.reporter), cast.client("bank_coordinator", fresh=True)
    person_change_roles(actor=cast.manager, membership=one, roles=["analyst"])
    form = {"roles": ["coordinator"], "before": ["reporter"], "confirm": "1"}
    assert client.post(f"/members/people/{one.pk}/roles/", form).status_code == 409


def test_a_change_of_roles_asks_for_a_factor_again(cast: Cast) -> None:
    one = place(cast.reporter)
    answer = cast.client("bank_coordinator").post(f"/members/people/{one.pk}/roles/", {"roles": ["analyst"]})
    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]


@pytest.mark.parametrize("roles", [[], ["manager"], ["steering"], ["nonsense"]])
def test_roles_that_cannot_be_given_are_refused(cast: Cast, roles: list[str]) -> None:
    one, client = place(cast.reporter), cast.client("bank_coordinator", fresh=True)
    form = {"roles": roles, "before": ["reporter"], "confirm": "1"}
    assert client.post(f"/members/people/{one.pk}/roles/", form).status_code == 422
    one.refresh_from_db()
    assert one.roles == ["reporter"]


def test_a_coordinator_keeps_the_roles_that_the_secretariat_gave(cast: Cast) -> None:
    one = place(cast.steering)
    person_change_roles(actor=cast.manager, membership=one, roles=["steering", "reporter"])
    person_change_roles(actor=cast.coordinator, membership=one, roles=["analyst"])
    assert one.roles == ["analyst", "steering"]
    other = place(PersonFactory(organisation=cast.ngo, roles=["reporter"]))
    with pytest.raises(NotPermitted, match="Steering committee"):
        person_change_roles(actor=cast.coordinator, membership=other, roles=["steering"])
    person_change_roles(actor=cast.manager, membership=one, roles=["analyst"])
    assert one.roles == ["analyst"]


def test_nobody_changes_or_suspends_themself(cast: Cast) -> None:
    assert cast.second_manager
    for who in (cast.bank_coordinator, cast.manager):
        with pytest.raises(NotPermitted, match="own roles"):
            person_change_roles(actor=who, membership=place(who), roles=["reporter"])
        with pytest.raises(NotPermitted, match="suspends themself"):
            person_suspend(actor=who, membership=place(who), reason="Holiday")


def test_access_before_and_after_is_that_of_the_table(cast: Cast) -> None:
    change = access_change(cast.bank, before=["reporter"], after=["signatory"])
    assert change.gained == ["Accept the memorandum for your organisation"]
    assert change.lost == [
        "Write and finish submissions for your organisation",
        "Read your organisation’s submissions and what came of them",
    ]
    assert change.kept == []
    cast.bank.status = "suspended"
    cast.bank.save(update_fields=["status"])
    cast.bank.refresh_from_db()
    assert access_change(cast.bank, before=["reporter"], after=["coordinator"]).gained == []


def test_the_table_of_roles_is_shown_whole(cast: Cast) -> None:
    page = cast.client("officer").get("/members/roles/").content.decode()
    for kind in OrganisationKind:
        for role in ROLES[kind]:
            assert str(role.label) in page
    own = cast.client("bank_coordinator").get("/members/roles/").content.decode()
    assert "Liaison" not in own
    assert cast.client("reporter").get("/members/roles/").status_code == 403


def test_the_own_page_says_what_one_may_do_why_and_who_can_change_it(cast: Cast) -> None:
    assert cast.bank_coordinator
    page = cast.client("reporter").get("/accounts/").content.decode()
    assert "Because you are Reporter of Meridian Bank" in page
    assert "Bea Mulder" in page
    assert "stands as: Active" in page


# --- the last one


def test_the_last_coordinator_can_go_in_no_way(cast: Cast) -> None:
    one = place(cast.bank_coordinator)
    for change in (
        lambda: person_change_roles(actor=cast.manager, membership=one, roles=["reporter"]),
        lambda: person_end(actor=cast.manager, membership=one, reason="Left"),
        lambda: person_end(actor=cast.bank_coordinator, membership=one, reason="Left"),
    ):
        with pytest.raises(ApplicationError, match="the only one left who manages the people of Meridian Bank"):
            change()
    person_suspend(actor=cast.manager, membership=one, reason="The mailbox was broken into.")
    assert Membership.objects.get(pk=one.pk).suspended_at


def test_with_a_successor_the_last_coordinator_can_leave(cast: Cast) -> None:
    one = place(cast.bank_coordinator)
    person_change_roles(actor=cast.bank_coordinator, membership=place(cast.reporter), roles=["reporter", "coordinator"])
    person_end(actor=cast.bank_coordinator, membership=one, reason="Retired")
    assert one.ended_at


def test_a_suspended_coordinator_is_no_successor(cast: Cast) -> None:
    other = place(PersonFactory(organisation=cast.bank, roles=["coordinator"]))
    person_suspend(actor=cast.bank_coordinator, membership=other, reason="Away")
    with pytest.raises(ApplicationError, match="only one left"):
        person_end(actor=cast.manager, membership=place(cast.bank_coordinator), reason="Left")


def test_the_last_manager_of_the_secretariat_stays(cast: Cast) -> None:
    one = place(cast.manager)
    with pytest.raises(ApplicationError, match="only one left"):
        person_end(actor=cast.manager, membership=one, reason="Left")
    person_suspend(actor=cast.second_manager, membership=one, reason="Laptop stolen")
    with pytest.raises(ApplicationError, match="only one left"):
        person_suspend(actor=None, membership=place(cast.second_manager), reason="")


@pytest.mark.django_db(transaction=True)
def test_of_two_coordinators_who_leave_at_once_one_stays() -> None:
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    cast = Cast()
    both = [place(cast.bank_coordinator), place(PersonFactory(organisation=cast.bank, roles=["coordinator"]))]

    def leave(one: Membership) -> bool:
        try:
            person_end(actor=None, membership=one, reason="Left")
        except ApplicationError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        left = list(pool.map(leave, both))
    assert sorted(left) == [False, True]
    assert Membership.objects.filter(organisation=cast.bank, ended_at=None).count() == 1


# --- a role that is removed while a form is open


def test_what_was_typed_comes_back_when_the_role_is_gone(cast: Cast) -> None:
    client, story = cast.client("reporter"), "Forty small transfers within a week, all at night."
    person_change_roles(actor=cast.bank_coordinator, membership=place(cast.reporter), roles=[Role.SIGNATORY])
    answer = client.post("/submissions/new/", {"title": "Small transfers", "narrative": story, "country": "NL"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "needs the role Reporter, Analyst or Coordinator" in page
    assert story in page
    assert "Small transfers" in page


def test_an_answer_to_the_secretariat_comes_back_too(cast: Cast) -> None:
    asked, client = stages.asked_of(cast.reporter, cast.officer), cast.client("reporter")
    person_change_roles(actor=cast.bank_coordinator, membership=place(cast.reporter), roles=[Role.SIGNATORY])
    answer = client.post(f"/submissions/{asked.pk}/answer/", {"text": "The account was closed in May."})
    assert answer.status_code == 403
    assert "The account was closed in May." in answer.content.decode()


def test_no_password_is_shown_again(cast: Cast) -> None:
    from django.test import RequestFactory

    from efc_portal.core.middleware import typed_in

    form = {"password1": "nine silent owls", "csrfmiddlewaretoken": "abc def", "text": "A sentence.", "kind": "press"}
    assert typed_in(RequestFactory().post("/", form)) == "A sentence."
    assert typed_in(RequestFactory().get("/", form)) == ""


def test_a_form_sent_by_a_coordinator_shows_the_tick_for_nearly_the_same_address(cast: Cast) -> None:
    assert cast.reporter
    client = cast.client("bank_coordinator", fresh=True)
    form = {"email": "re.porter@meridian.example", "name": "Rena Porter", "roles": ["reporter"], "language": "en"}
    assert "is_somebody_else" not in client.get("/members/people/invite/").content.decode()
    answer = client.post("/members/people/invite/", form)
    assert answer.status_code == 422
    assert "is_somebody_else" in answer.content.decode()
    assert client.post("/members/people/invite/", {**form, "is_somebody_else": "on"}).status_code == 302
