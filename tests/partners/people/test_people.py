"""An organisation's people: who sees them, suspension, the end, and domains."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import Conflict, NotPermitted
from efc_portal.partners.models import Domain
from efc_portal.partners.people.domains import domain_remove
from efc_portal.partners.people.handover import successors
from efc_portal.partners.people.selectors import people_outside_domains
from efc_portal.partners.people.services import (
    invitation_accept,
    person_change_roles,
    person_end,
    person_lift,
    person_suspend,
)
from efc_portal.submissions.models import Submission
from efc_portal.workflow.worker import work_drain_for
from tests.accounts.pages import is_signed_in, type_password
from tests.cast import Cast, client_for
from tests.factories import stages
from tests.factories.partners import PersonFactory
from tests.partners.people.links import invite, link
from tests.partners.people.places import place

pytestmark = pytest.mark.django_db


# --- the list and the page of one


def test_a_coordinator_sees_the_own_people_and_a_manager_anybodys(cast: Cast) -> None:
    assert cast.reporter
    assert cast.coordinator
    invite(cast)
    page = cast.client("bank_coordinator").get("/members/people/").content.decode()
    for words in ("Rosa de Vries", "reporter@meridian.example", "Authenticator app", "Tess Vermeer", "Active"):
        assert words in page
    assert "Camille Laurent" not in page
    page = cast.client("manager").get(f"/members/people/of/{cast.ngo.pk}/").content.decode()
    assert "Camille Laurent" in page
    assert "Rosa" not in page


def test_others_find_nothing(cast: Cast) -> None:
    one = place(cast.reporter)
    for path in (f"/members/people/{one.pk}/", f"/members/people/{one.pk}/roles/", f"/members/people/{one.pk}/end/"):
        assert cast.client("coordinator").get(path).status_code == 404
        assert cast.client("liaison").get(path).status_code == 404
        assert cast.client("reporter").get(path).status_code == 403
    assert cast.client("bank_coordinator").get(f"/members/people/of/{cast.bank.pk}/").status_code == 404


def test_the_number_of_queries_does_not_grow(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = cast.client("bank_coordinator")
    client.get("/members/people/")
    with django_assert_max_num_queries(40) as before:
        client.get("/members/people/")
    for _number in range(12):
        PersonFactory(organisation=cast.bank)
    with django_assert_max_num_queries(len(before)):
        client.get("/members/people/")


def test_the_page_tells_what_happened(cast: Cast) -> None:
    one = place(cast.reporter)
    person_change_roles(actor=cast.manager, membership=one, roles=["analyst"])
    page = cast.client("bank_coordinator").get(f"/members/people/{one.pk}/").content.decode()
    assert "Changed a person’s roles" in page
    assert "Reporter → Analyst" in page
    assert "Secretariat" in page
    assert "Marta" not in page, "of the secretariat no name is told"


# --- suspension


def test_a_suspension_ends_an_open_session_at_the_next_click(cast: Cast) -> None:
    somebody, one = cast.client("reporter"), place(cast.reporter)
    assert is_signed_in(somebody)
    client = cast.client("bank_coordinator", fresh=True)
    assert client.post(f"/members/people/{one.pk}/suspend/", {"reason": ""}).status_code == 422
    assert client.post(f"/members/people/{one.pk}/suspend/", {"reason": "Telephone stolen"}).status_code == 302
    answer = somebody.get("/submissions/", follow=True)
    assert answer.redirect_chain[0][0].startswith("/accounts/login/")
    assert "Your session has ended." in answer.content.decode()
    assert "inactive" in type_password(Client(), "reporter@meridian.example").headers["Location"]
    assert AuditEvent.objects.get(action="membership.suspend").justification == "Telephone stolen"
    with pytest.raises(Conflict):
        person_suspend(actor=cast.manager, membership=one, reason="Again")
    assert client.post(f"/members/people/{one.pk}/lift/").status_code == 302
    cast.reporter.refresh_from_db()
    assert is_signed_in(client_for(cast.reporter))


def test_what_the_secretariat_suspends_it_alone_lifts(cast: Cast) -> None:
    one = place(cast.reporter)
    person_suspend(actor=cast.manager, membership=one, reason="Leak")
    with pytest.raises(NotPermitted, match="it alone can lift"):
        person_lift(actor=cast.bank_coordinator, membership=one)
    person_lift(actor=cast.manager, membership=one)
    assert one.suspended_at is None


# --- the end, and who takes over


def test_open_work_goes_to_a_named_colleague(cast: Cast) -> None:
    draft, asked = stages.draft_of(cast.reporter), stages.asked_of(cast.reporter, cast.officer)
    assert cast.signatory, "who may submit nothing takes nothing over"
    one, client = place(cast.reporter), cast.client("bank_coordinator", fresh=True)
    address = f"/members/people/{one.pk}/end/"
    page = client.get(address).content.decode()
    assert "Bea Mulder" in page
    assert "Sander Bos" not in page
    assert client.post(address, {"reason": "New employer"}).status_code == 422
    assert client.post(address, {"reason": "New employer", "successor": str(cast.signatory.pk)}).status_code == 422
    form = {"reason": "New employer", "successor": str(cast.bank_coordinator.pk)}
    assert client.post(address, form).status_code == 302
    for one_of_them in (draft, asked):
        assert Submission.objects.get(pk=one_of_them.pk).reporter == cast.bank_coordinator
    assert AuditEvent.objects.filter(action="submission.hand_over").count() == 2
    assert not is_signed_in(client_for(cast.reporter)) or not cast.reporter.memberships.filter(ended_at=None).exists()


def test_where_nobody_can_take_over_the_secretariat_is_told(cast: Cast) -> None:
    assert cast.manager
    stages.draft_of(cast.reporter)
    person_end(actor=cast.manager, membership=place(cast.reporter), reason="Left")
    assert successors(cast.reporter, cast.bank) == []
    work_drain_for(5)
    assert [one.to for one in mail.outbox] == [["manager@efc.example"]]


def test_without_open_work_nobody_need_be_named(cast: Cast) -> None:
    one = place(cast.reporter)
    person_end(actor=cast.bank_coordinator, membership=one, reason="Left")
    with pytest.raises(Conflict):
        person_end(actor=cast.bank_coordinator, membership=one, reason="Left")


# --- domains


def test_who_stays_without_the_domain_is_pointed_out_and_suspended_on_confirmation(cast: Cast) -> None:
    kept = {place(one).pk for one in (cast.reporter, cast.bank_coordinator)}
    domain_remove(actor=cast.manager, domain=Domain.objects.get(name="meridian.example"), reason="Sold", keep=kept)
    client = cast.client("bank_coordinator", fresh=True)
    assert "/members/people/outside/" in client.get("/members/people/").content.decode()
    assert "People at a foreign domain" in client.get("/workspace/").content.decode()
    assert client.post("/members/people/outside/").status_code == 422
    assert client.post("/members/people/outside/", {"person": str(place(cast.reporter).pk)}).status_code == 302
    assert place(cast.reporter).suspended_at
    answer = client.post("/members/people/outside/", {"person": str(place(cast.bank_coordinator).pk)})
    assert answer.status_code == 422
    assert "Nobody suspends themself" in answer.content.decode()


def test_an_address_that_the_secretariat_allowed_is_none_to_look_at(cast: Cast) -> None:
    invite(cast, actor=cast.manager, email="tess@elsewhere.example", outside_reason="On loan.")
    invitation_accept(token=link().rstrip("/").rpartition("/")[2], name="Tess", language="en")
    PersonFactory(organisation=cast.bank, email="ted@elsewhere.example")
    found = people_outside_domains(cast.bank)
    assert [one.user.email for one in found] == ["ted@elsewhere.example"]
