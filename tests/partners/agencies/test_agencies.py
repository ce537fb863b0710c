"""Law enforcement agencies: admitted by the secretariat, reached by a number that a colleague confirmed."""

from __future__ import annotations

from typing import Any

import pyrage
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.partners.agencies.keys import agency_key_confirm, agency_key_set
from efc_portal.partners.agencies.services import (
    agency_channel_confirm,
    agency_channel_set,
    agency_competence_change,
)
from efc_portal.partners.models import Agency, FieldChange, Invitation, Organisation
from efc_portal.referrals.routing import routing_proposals
from tests.cast import Cast
from tests.factories import stages
from tests.factories.partners import AgencyFactory

pytestmark = pytest.mark.django_db


def form(**fields: Any) -> dict[str, Any]:
    return {
        "name": "National Unit East",
        "country": "PL",
        "countries": "pl, cz",
        "matters": ["online_exploitation", "money_laundering"],
        "domains": "Police.Example\nunit.example",
        "website": "https://police.example/",
        "phone": "+44 20 7946 0188",
        "source": "The ministry's directory",
        "liaison_name": "Lena Nowak",
        "liaison_email": "lena@police.example",
        "language": "en",
        **fields,
    }


def fresh(agency: Agency) -> Agency:
    return Agency.objects.select_related("organisation").get(pk=agency.pk)


def key() -> str:
    return str(pyrage.x25519.Identity.generate().to_public())


def admitted(cast: Cast) -> Agency:
    client = cast.client("manager", fresh=True)
    assert client.post("/members/agencies/admit/", form(confirm="1")).status_code == 302
    return Agency.objects.select_related("organisation").get(organisation__name="National Unit East")


def test_admission_asks_then_makes_the_agency_and_invites_its_liaison(cast: Cast) -> None:
    client = cast.client("manager", fresh=True)
    question = client.post("/members/agencies/admit/", form()).content.decode()
    assert "Admit National Unit East?" in question
    assert not Organisation.objects.filter(name="National Unit East").exists(), "a question changes nothing"
    agency = admitted(cast)
    assert (agency.countries, agency.matters) == (["PL", "CZ"], ["online_exploitation", "money_laundering"])
    assert [domain.name for domain in agency.organisation.domains.all()] == ["police.example", "unit.example"]
    assert (agency.channel_phone, agency.channel_set_by, agency.channel_confirmed_at) == (
        "+442079460188",
        cast.manager,
        None,
    )
    invitation = Invitation.objects.get(organisation=agency.organisation)
    assert (invitation.email, invitation.roles) == ("lena@police.example", ["liaison"])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"liaison_email": "lena@elsewhere.example"}, "at none of the agency’s official domains"),
        ({"phone": "ask Lena"}, "This is no telephone number"),
        ({"countries": "PL, XX"}, "is not a country code"),
        ({"domains": "no domain at all"}, "is not a mail domain"),
        ({"matters": []}, "Choose at least one matter."),
        ({"source": ""}, "Say where the number was found."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(cast: Cast, wrong: dict[str, Any], sentence: str) -> None:
    answer = cast.client("manager", fresh=True).post("/members/agencies/admit/", form(confirm="1", **wrong))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "National Unit East" in answer.content.decode()
    assert not Organisation.objects.filter(name="National Unit East").exists()


def test_admitted_twice_is_a_sentence_and_leaves_nothing_half_done(cast: Cast) -> None:
    admitted(cast)
    answer = cast.client("manager", fresh=True).post("/members/agencies/admit/", form(confirm="1"))
    assert answer.status_code == 422
    assert "is here already" in answer.content.decode()
    assert Invitation.objects.count() == 1


def test_only_after_a_factor_was_shown_again(cast: Cast) -> None:
    answer = cast.client("manager").post("/members/agencies/admit/", form(confirm="1"))
    assert "reauthenticate" in answer.headers["Location"]
    assert cast.client("officer", fresh=True).post("/members/agencies/admit/", form(confirm="1")).status_code == 403


def test_nothing_is_referred_until_number_and_key_are_both_confirmed(cast: Cast) -> None:
    agency = admitted(cast)
    submission = stages.submission_of(cast.reporter)

    def obstacle() -> str:
        return next(one.obstacle for one in routing_proposals([submission]) if one.agency == agency)

    assert "No key" in obstacle()
    agency_key_set(actor=None, agency=agency, recipient=key())
    called = {"number": "+442079460188", "source": "The ministry's directory"}
    with pytest.raises(ApplicationError, match="Confirm the agency’s telephone number first"):
        agency_key_confirm(actor=cast.second_manager, agency=agency, **called)
    agency_channel_confirm(actor=cast.second_manager, agency=fresh(agency), spoke_with="Duty officer")
    assert "not confirmed" in obstacle()
    with pytest.raises(ApplicationError, match="Say which number you called"):
        agency_key_confirm(actor=cast.manager, agency=fresh(agency))
    agency_key_confirm(actor=cast.manager, agency=fresh(agency), **called)
    assert obstacle() == ""
    assert "Called +442079460188" in AuditEvent.objects.filter(action="agency.key_confirm").latest("pk").justification
    agency_channel_set(actor=cast.manager, agency=agency, phone="+442079460199", source="A letter")
    assert "telephone number is not confirmed" in obstacle(), "a new number has to be confirmed anew"


def test_who_entered_the_number_does_not_confirm_it(cast: Cast) -> None:
    agency = admitted(cast)
    with pytest.raises(NotPermitted, match="a colleague must call it"):
        agency_channel_confirm(actor=cast.manager, agency=agency, spoke_with="Duty officer")
    mine = cast.client("manager", fresh=True).get(f"/members/agencies/{agency.pk}/channel/confirm/").content.decode()
    assert "so a colleague calls it" in mine
    assert "spoke_with" not in mine
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=agency.pk).update(channel_confirmed_by=cast.manager)


def test_a_number_that_changed_while_it_was_called_is_not_confirmed(cast: Cast) -> None:
    agency = admitted(cast)
    client = cast.client("second_manager", fresh=True)
    address = f"/members/agencies/{agency.pk}/channel/confirm/"
    assert "+442079460188" in client.get(address).content.decode()
    agency_channel_set(actor=cast.manager, agency=agency, phone="+442079460199", source="A letter")
    typed = {"number": "+442079460188", "spoke_with": "Duty officer"}
    assert client.post(address, typed).status_code == 409
    assert client.post(address, {**typed, "number": "+442079460199"}).status_code == 302
    stale = fresh(agency)
    with pytest.raises(Conflict, match="confirmed meanwhile"):
        agency_channel_confirm(actor=cast.second_manager, agency=stale, spoke_with="Again")
    assert fresh(agency).channel_spoke_with == "Duty officer"


def test_competence_changes_with_its_history(cast: Cast) -> None:
    agency = fresh(cast.agency)
    client, address = cast.client("manager", fresh=True), f"/members/agencies/{agency.pk}/competence/"
    assert "online_exploitation" in client.get(address).content.decode()
    typed = {"countries": "NL BE", "matters": ["payment_fraud"], "reason": "A new law."}
    assert client.post(address, {**typed, "reason": ""}).status_code == 422
    assert client.post(address, typed).status_code == 302
    assert (fresh(agency).countries, fresh(agency).matters) == (["BE", "NL"], ["payment_fraud"])
    changes = {one.field: one for one in FieldChange.objects.filter(organisation_id=agency.pk, reason="A new law.")}
    assert (changes["countries"].before, changes["countries"].after) == ("NL", "BE, NL")
    assert changes["matters"].changed_by == cast.manager
    page = client.get(f"/members/agencies/{agency.pk}/").content.decode()
    assert "A new law." in page
    assert (
        agency_competence_change(
            actor=cast.manager, agency=agency, countries=["BE", "NL"], matters=["payment_fraud"], reason="Same."
        )
        == []
    )


def test_the_key_is_confirmed_on_its_page_with_the_number_that_was_called(cast: Cast) -> None:
    agency = fresh(cast.agency)
    agency_key_set(actor=cast.liaison, agency=agency, recipient=key())
    client, address = cast.client("manager", fresh=True), f"/members/agencies/{agency.pk}/confirm/"
    typed = {"ending": agency.recipient[-8:], "number": "", "source": "Directory"}
    assert client.post(address, typed).status_code == 422
    assert client.post(address, {**typed, "number": "+442079460123", "ending": "x"}).status_code == 400
    assert client.post(address, {**typed, "number": "+442079460123"}).status_code == 302
    assert fresh(agency).recipient_confirmed_at


def test_others_find_nothing(cast: Cast) -> None:
    for who in ("liaison", "investigator", "bank_coordinator"):
        client = cast.client(who, fresh=True)
        for page in ("", "competence/", "channel/", "channel/confirm/"):
            assert client.get(f"/members/agencies/{cast.agency.pk}/{page}").status_code == 404
    manager = cast.client("manager", fresh=True)
    assert manager.get(f"/members/agencies/{cast.secretariat.pk}/").status_code == 404


def test_the_list_costs_the_same_number_of_queries_for_many(cast: Cast) -> None:
    client = cast.client("manager")
    assert cast.agency
    client.get("/members/agencies/")
    with CaptureQueriesContext(connection) as few:
        client.get("/members/agencies/")
    AgencyFactory.create_batch(12)
    with CaptureQueriesContext(connection) as more:
        client.get("/members/agencies/")
    assert len(more) <= len(few)
