"""Organisations, memberships and keys: what is written, recorded and refused."""

from __future__ import annotations

import pyrage
import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from efc_portal.audit.models import AuditEvent
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.permissions import EDITORS_GROUP, Permission
from efc_portal.partners import services
from efc_portal.partners.agencies import keys
from efc_portal.partners.enums import OrganisationKind, Role, Sector
from efc_portal.partners.models import Membership
from efc_portal.partners.permissions import access_of
from efc_portal.partners.recipients import InvalidRecipient
from tests.cast import Cast

CALLED = {"number": "+44 20 7946 0123", "source": "The ministry's directory"}


def recorded(action: str) -> AuditEvent:
    return AuditEvent.objects.filter(action=action).latest("id")


def fresh(user: object) -> object:
    """The person as the next request meets them: nothing remembered."""
    return type(user).objects.get(pk=user.pk)


def test_an_organisation_is_created_once(cast: Cast) -> None:
    fields = {"kind": OrganisationKind.PARTNER, "sector": Sector.FINANCIAL, "country": "nl"}
    organisation = services.organisation_create(actor=cast.manager, name=" New Bank ", **fields)
    assert (organisation.name, organisation.country) == ("New Bank", "NL")
    assert recorded("organisation.admit").actor_id == cast.manager.pk
    with pytest.raises(ApplicationError, match="is here already"):
        services.organisation_create(actor=cast.manager, name="new bank", **fields)


def test_a_country_that_does_not_exist_is_a_sentence(cast: Cast) -> None:
    with pytest.raises(ApplicationError, match="is not a country code"):
        services.organisation_create(
            actor=None, name="X", kind=OrganisationKind.PARTNER, sector=Sector.FINANCIAL, country="ZZ"
        )


def test_there_is_one_secretariat(cast: Cast) -> None:
    assert cast.secretariat
    with pytest.raises(IntegrityError), transaction.atomic():
        services.organisation_create(
            actor=None, name="Another", kind=OrganisationKind.SECRETARIAT, sector=Sector.PUBLIC_AUTHORITY, country="BE"
        )


def test_a_person_has_the_roles_given_and_the_address_is_confirmed(cast: Cast) -> None:
    user = services.person_create(
        actor=cast.manager,
        organisation=cast.bank,
        email="New@Meridian.example",
        name="New",
        roles=[Role.COORDINATOR, Role.REPORTER],
    )
    access = access_of(user)
    assert access.roles == {Role.REPORTER, Role.COORDINATOR}
    assert access.may(Permission.PEOPLE_MANAGE)
    assert recorded("membership.start").payload["roles"] == ["reporter", "coordinator"]


@pytest.mark.parametrize("roles", [["officer"], ["reporter", "investigator"], ["emperor"]])
def test_roles_of_another_kind_of_organisation_cannot_be_given(cast: Cast, roles: list[str]) -> None:
    with pytest.raises(ApplicationError, match="cannot give the role"):
        services.person_create(actor=None, organisation=cast.bank, email="x@y.example", name="X", roles=roles)
    with pytest.raises(ApplicationError, match="cannot give the role"):
        services.membership_change_roles(actor=None, membership=cast.reporter.memberships.get(), roles=roles)


def test_no_role_at_all_is_a_sentence(cast: Cast) -> None:
    with pytest.raises(ApplicationError, match="at least one role"):
        services.membership_change_roles(actor=None, membership=cast.reporter.memberships.get(), roles=[])


def test_changed_roles_work_with_the_next_request(cast: Cast) -> None:
    client = cast.client("manager")
    assert "Approve referrals" in client.get("/accounts/").content.decode()
    services.membership_change_roles(
        actor=cast.officer, membership=cast.manager.memberships.get(), roles=[Role.AUDITOR]
    )
    assert "Approve referrals" not in client.get("/accounts/").content.decode()
    event = recorded("membership.change_roles")
    assert (event.payload["from"], event.payload["to"]) == (["manager"], ["auditor"])


def test_two_people_changing_roles_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    seen_by_one, seen_by_other = (cast.manager.memberships.get() for _one in range(2))
    services.membership_change_roles(actor=None, membership=seen_by_one, roles=[Role.OFFICER])
    with pytest.raises(Conflict, match="meanwhile"):
        services.membership_change_roles(actor=None, membership=seen_by_other, roles=[Role.AUDITOR])


def test_somebody_who_left_may_nothing_and_leaves_once(cast: Cast) -> None:
    membership = cast.reporter.memberships.get()
    services.membership_end(actor=cast.manager, membership=membership)
    assert access_of(fresh(cast.reporter)).permissions == frozenset()
    with pytest.raises(Conflict, match="already"):
        services.membership_end(actor=cast.manager, membership=membership)


def test_an_inactive_organisations_people_may_nothing(cast: Cast) -> None:
    type(cast.bank).objects.filter(pk=cast.reporter.memberships.get().organisation_id).update(status="suspended")
    assert not access_of(fresh(cast.reporter)).permissions


def test_editors_and_they_alone_are_in_the_group_of_the_site(cast: Cast) -> None:
    group = Group.objects.get(name=EDITORS_GROUP) if cast.editor else None
    assert list(group.user_set.all()) == [cast.editor]
    membership = cast.editor.memberships.get()
    services.membership_change_roles(actor=None, membership=membership, roles=[Role.AUDITOR])
    assert not group.user_set.exists()
    services.membership_change_roles(actor=None, membership=membership, roles=[Role.AUDITOR, Role.EDITOR])
    services.membership_end(actor=None, membership=membership)
    assert not group.user_set.exists()


def test_a_person_is_in_one_organisation_at_a_time(cast: Cast) -> None:
    assert cast.reporter
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=cast.reporter, organisation=cast.ngo, roles=["reporter"])


def test_an_agencys_key_has_to_be_confirmed_anew_when_it_changes(cast: Cast) -> None:
    agency = cast.agency
    assert agency.recipient_confirmed_at
    key = str(pyrage.x25519.Identity.generate().to_public())
    keys.agency_key_set(actor=cast.liaison, agency=agency, recipient=f" {key}\n")
    agency.refresh_from_db()
    assert agency.recipient == key
    assert agency.recipient_confirmed_at is None
    assert recorded("agency.key_set").payload["key_ending"] == key[-8:]
    keys.agency_key_confirm(actor=cast.manager, agency=agency, **CALLED)
    agency.refresh_from_db()
    assert agency.recipient_confirmed_at


@pytest.mark.parametrize(
    "text",
    ["", "age1", "AGE-SECRET-KEY-1QQQQ", "ssh-ed25519 AAAA", "age1" + "q" * 58, "https://example.org/key"],
)
def test_what_is_no_age_key_is_a_sentence_and_changes_nothing(cast: Cast, text: str) -> None:
    before = cast.agency.recipient
    with pytest.raises(InvalidRecipient):
        keys.agency_key_set(actor=cast.liaison, agency=cast.agency, recipient=text)
    cast.agency.refresh_from_db()
    assert cast.agency.recipient == before


def test_a_key_that_was_changed_meanwhile_is_not_confirmed(cast: Cast) -> None:
    seen = type(cast.agency).objects.get(pk=cast.agency.pk)
    keys.agency_key_set(
        actor=cast.liaison, agency=cast.agency, recipient=str(pyrage.x25519.Identity.generate().to_public())
    )
    with pytest.raises(Conflict, match="meanwhile"):
        keys.agency_key_confirm(actor=cast.manager, agency=seen, **CALLED)
