"""One organisation: its page, its history, its domains and contacts, and a new one by hand."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from efc_portal.accounts.models import User
from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import Conflict
from efc_portal.partners.listing.services import listing_change
from efc_portal.partners.models import Contact, FieldChange, Membership, Organisation
from efc_portal.partners.people.domains import domain_remove
from efc_portal.partners.register.services import contact_add, organisation_change, organisation_version
from efc_portal.partners.services import membership_change_roles
from tests.accounts.pages import code
from tests.cast import Cast
from tests.factories.partners import PersonFactory

pytestmark = pytest.mark.django_db
LEI = "529900T8BM49AURSDO55"


def typed(organisation: Organisation, **changes: str) -> dict[str, str]:
    """The form of an entry as a browser sends it."""
    now = {
        "name": organisation.name,
        "sector": organisation.sector,
        "country": organisation.country,
        "website": organisation.website,
        "register_number": organisation.register_number,
        "lei": organisation.lei,
        "is_obliged": {True: "yes", False: "no", None: ""}[organisation.is_obliged],
        "lawful_basis": organisation.lawful_basis,
        "reason": "Told by its coordinator in a letter",
        "version": organisation_version(organisation),
    }
    return {**now, **changes}


def test_a_change_is_asked_first_and_stands_in_the_history(cast: Cast) -> None:
    client, bank = cast.client("manager"), cast.bank
    address = f"/members/{bank.pk}/edit/"
    sent = typed(bank, name="Τράπεζα  Μεσημβρινή", lei=LEI.lower(), is_obliged="yes")
    question = client.post(address, sent).content.decode()
    assert "Τράπεζα Μεσημβρινή" in question
    assert "Meridian Bank" in question
    bank.refresh_from_db()
    assert bank.name == "Meridian Bank"
    assert client.post(address, {**sent, "confirm": "1"}).status_code == 302
    bank.refresh_from_db()
    assert (bank.name, bank.lei, bank.is_obliged) == ("Τράπεζα Μεσημβρινή", LEI, True)
    event = AuditEvent.objects.get(action="organisation.change")
    assert event.payload["codes"] == ["is_obliged", "lei", "name"]
    assert event.justification == "Told by its coordinator in a letter"
    page = client.get(f"/members/{bank.pk}/?field=name").content.decode()
    assert "before: Meridian Bank; now: Τράπεζα Μεσημβρινή" in page
    assert f"now: {LEI}" not in page
    assert f"now: {LEI}" in client.get(f"/members/{bank.pk}/").content.decode()


def test_what_cannot_be_is_told_beside_its_field(cast: Cast) -> None:
    client, bank, ngo = cast.client("manager"), cast.bank, cast.ngo
    page = client.post(f"/members/{bank.pk}/edit/", typed(bank, name=ngo.name, lei="529900T8BM49AURSDO50", reason=""))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"name", "lei", "reason"}
    same = client.post(f"/members/{bank.pk}/edit/", typed(bank))
    assert same.status_code == 422
    assert "Nothing is different" in same.content.decode()


def test_of_two_changes_at_once_the_second_is_shown_the_first(cast: Cast) -> None:
    client, bank = cast.client("manager"), cast.bank
    address, sent = f"/members/{bank.pk}/edit/", typed(bank, website="https://meridian.example")
    organisation_change(actor=cast.second_manager, organisation=bank, changes={"country": "BE"}, reason="It moved")
    answer = client.post(address, {**sent, "confirm": "1"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Somebody else changed this entry meanwhile" in page
    assert "https://meridian.example" in page
    assert "Belgium" in page
    bank.refresh_from_db()
    assert bank.website == ""
    sent = typed(bank, website="https://meridian.example", confirm="1")
    assert client.post(address, sent).status_code == 302
    with pytest.raises(Conflict):
        organisation_change(actor=None, organisation=bank, changes={"country": "NL"}, version="an older one")


def test_domains_are_added_and_taken_away_with_a_warning(cast: Cast) -> None:
    client, bank = cast.client("manager", fresh=True), cast.bank
    address = f"/members/{bank.pk}/domains/"
    asked = cast.client("manager").post(address, {"name": "meridian-pay.example", "reason": "By a call"})
    assert "/reauthenticate/" in asked.headers["Location"], "a domain decides who can be let in"
    reporter, analyst = (Membership.objects.get(user=one) for one in (cast.reporter, cast.analyst))
    browser = cast.client("reporter")
    assert cast.ngo
    assert client.post(address, {"name": "lighthouse.example", "reason": "By a call"}).status_code == 422
    assert client.post(address, {"name": "@Meridian-Pay.example ", "reason": "By a call"}).status_code == 302
    assert bank.domains.filter(name="meridian-pay.example").exists()
    domain = bank.domains.get(name="meridian.example")
    question = client.post(address, {"remove": domain.pk})
    assert "reporter@meridian.example" in question.content.decode()
    assert client.post(address, {"remove": domain.pk, "confirm": "1"}).status_code == 422
    sent = {"remove": domain.pk, "confirm": "1", "reason": "It was sold", "person": str(reporter.pk)}
    assert client.post(address, sent).status_code == 302
    reporter.refresh_from_db(), analyst.refresh_from_db()
    assert reporter.suspended_at, "who changes domain loses access"
    assert browser.get("/workspace/").status_code == 302
    assert analyst.suspended_at is None, "the tick was taken out"
    assert not bank.domains.filter(name="meridian.example").exists()
    assert client.post(address, sent).status_code == 404
    assert client.post(address, {"remove": "nonsense"}).status_code == 404
    change = FieldChange.objects.get(organisation=bank, before="meridian.example")
    assert (change.field, change.reason, change.changed_by) == ("domain", "It was sold", cast.manager)


def test_without_the_domain_nobody_at_it_stays_but_whom_somebody_keeps(cast: Cast) -> None:
    at_it = {one: Membership.objects.get(user=getattr(cast, one)) for one in ("reporter", "analyst")}
    elsewhere = PersonFactory(organisation=cast.bank, email="ted@elsewhere.example")
    domain = cast.bank.domains.get()
    assert domain_remove(actor=cast.manager, domain=domain, reason="Sold", keep={at_it["analyst"].pk}) == 1
    suspended = Membership.objects.filter(organisation=cast.bank).exclude(suspended_at=None)
    assert [one.user for one in suspended] == [cast.reporter]
    assert elsewhere.is_active


def test_nobody_takes_their_own_access_away_with_a_domain(cast: Cast) -> None:
    client = cast.client("manager", fresh=True)
    domain = cast.secretariat.domains.get()
    assert cast.officer
    page = client.post(f"/members/{cast.secretariat.pk}/domains/", {"remove": domain.pk}).content.decode()
    assert "officer@efc.example" in page
    assert "manager@efc.example" not in page
    domain_remove(actor=cast.manager, domain=domain, reason="Renamed")
    assert client.get("/workspace/").status_code == 200


def test_contacts_of_any_organisation(cast: Cast) -> None:
    client = cast.client("manager")
    address = f"/members/{cast.bank.pk}/contacts/"
    sent = {"kind": "press", "name": "Pia Press", "email": "Press@Meridian.example", "phone": "+31 20 555 01 00"}
    assert client.post(address, {**sent, "phone": "no number"}).status_code == 422
    assert client.post(address, sent).status_code == 302
    contact = cast.bank.contacts.get()
    assert contact.email == "press@meridian.example"
    assert client.post(address, sent).status_code == 422
    assert "Remove the contact?" in client.post(address, {"remove": contact.pk}).content.decode()
    other = contact_add(actor=None, organisation=cast.ngo, kind="main", name="Mia", email="mia@lighthouse.example")
    assert client.post(address, {"remove": other.pk, "confirm": "1"}).status_code == 404
    assert client.post(address, {"remove": contact.pk, "confirm": "1"}).status_code == 302
    assert list(Contact.objects.all()) == [other]


def test_coordinators_read_their_own_entry_and_no_name_of_the_secretariat(cast: Cast) -> None:
    bank = cast.bank
    organisation_change(actor=cast.manager, organisation=bank, changes={"country": "BE"}, reason="It moved")
    page = cast.client("bank_coordinator").get("/members/own/").content.decode()
    assert "Meridian Bank" in page
    assert "It moved" in page
    assert "Secretariat" in page
    assert "Marta Silva" not in page
    assert "Marta Silva" in cast.client("officer").get(f"/members/{bank.pk}/").content.decode()
    assert cast.client("reporter").get("/members/own/").status_code == 403
    assert cast.client("officer").get("/members/own/").status_code == 404
    assert AuditEvent.objects.filter(action="organisation.view", object_id=str(bank.pk)).count() == 2


def test_a_website_that_changes_with_the_listing_has_its_history(cast: Cast) -> None:
    listing = cast.bank.listing
    listing_change(
        actor=cast.bank_coordinator,
        listing=listing,
        name="Meridian",
        website="https://meridian.example",
        descriptions={},
        is_shown=True,
    )
    change = FieldChange.objects.get(organisation=cast.bank, field="website")
    assert (change.after, change.changed_by) == ("https://meridian.example", cast.bank_coordinator)


def test_who_loses_the_role_while_the_form_is_open_changes_nothing(cast: Cast) -> None:
    client, bank = cast.client("manager"), cast.bank
    sent = {**typed(bank, name="Another Bank"), "confirm": "1"}
    membership_change_roles(actor=None, membership=cast.manager.memberships.get(), roles=["officer"])
    assert client.post(f"/members/{bank.pk}/edit/", sent).status_code == 403
    bank.refresh_from_db()
    assert bank.name == "Meridian Bank"


def test_the_page_of_an_organisation_costs_the_same_whatever_it_holds(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    client, bank = cast.client("officer"), cast.bank
    contact_add(actor=None, organisation=bank, kind="main", name="A", email="a@meridian.example")
    organisation_change(actor=cast.manager, organisation=bank, changes={"country": "BE"})
    client.get(f"/members/{bank.pk}/")
    with django_assert_max_num_queries(30) as few:
        client.get(f"/members/{bank.pk}/")
    for number in range(20):
        contact_add(actor=None, organisation=bank, kind="main", name="B", email=f"b{number}@meridian.example")
        organisation_change(
            actor=cast.second_manager, organisation=bank, changes={"website": f"https://{number}.example"}
        )
    with django_assert_max_num_queries(len(few)):
        client.get(f"/members/{bank.pk}/")


def new(**changes: Any) -> dict[str, Any]:
    given = {
        "name": "Harbour Payments",
        "sector": "financial",
        "country": "NL",
        "domains": "harbour.example\npay.harbour.example",
        "reason": "Decided by the committee on 3 November",
    }
    return {**given, **changes}


def test_what_is_put_right_after_the_factor_goes_to_its_own_page(cast: Cast) -> None:
    """The page stands under the factor's address then: without an action, the browser would send it there."""
    client = cast.client("manager")
    asked = client.post("/members/new/", new(reason="")).headers["Location"]
    page = client.post(asked, {"code": code(), "next": "/members/new/"})
    assert page.status_code == 422
    assert 'action="/members/new/"' in page.content.decode()


@pytest.mark.parametrize("folder", ["partners", "audit", "cases", "referrals"])
def test_every_form_of_the_workspace_names_where_it_goes(folder: str) -> None:
    for path in (settings.BASE_DIR / "templates" / folder).rglob("*.html"):
        page = path.read_text()
        if 'extends "base_work.html"' in page or "_base.html" in page:
            assert not re.search(r'<form method="post"(?! action=)', page), path


def test_a_new_organisation_by_hand_needs_a_factor_and_a_reason(cast: Cast) -> None:
    asked = cast.client("manager").post("/members/new/", new())
    assert asked.status_code == 302
    assert "reauthenticate" in asked.headers["Location"]
    assert not Organisation.objects.filter(name="Harbour Payments").exists()
    client = cast.client("manager", fresh=True)
    assert client.post("/members/new/", new(reason="")).status_code == 422
    assert client.post("/members/new/", new(domains="no domain")).status_code == 422
    assert not Organisation.objects.filter(name="Harbour Payments").exists()
    assert client.post("/members/new/", new()).status_code == 302
    made = Organisation.objects.get(name="Harbour Payments")
    assert sorted(made.domains.values_list("name", flat=True)) == ["harbour.example", "pay.harbour.example"]
    event = AuditEvent.objects.get(action="organisation.admit", object_id=str(made.pk))
    assert event.justification == "Decided by the committee on 3 November"


def test_the_secretariat_is_founded_once(db: None, client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="not a mail domain"):
        call_command("secretariat_found", "nonsense", "Mara First")
    assert not Organisation.objects.exists()
    call_command("secretariat_found", "Mara@Office.example", "Mara First", "--country", "NL", "--language", "fr")
    manager = User.objects.get(email="mara@office.example")
    membership = manager.memberships.select_related("organisation").get()
    assert (membership.roles, membership.organisation.kind, manager.language) == (["manager"], "secretariat", "fr")
    assert list(membership.organisation.domains.values_list("name", flat=True)) == ["office.example"]
    link = next(line for line in capsys.readouterr().out.splitlines() if "/reset/key/" in line)
    assert client.get("/" + link.split("/", 3)[3], follow=True).status_code == 200
    with pytest.raises(CommandError, match="There is a secretariat already"):
        call_command("secretariat_found", "other@office.example", "Other")
