"""The shared cast: one coalition, the same in every test. Each person is made when first named.

    def test_something(cast):
        client = cast.client("reporter")          # signed in, past the second factor
        submission = SubmissionFactory(organisation=cast.bank)

| name | who |
|---|---|
| `reporter`, `analyst`, `bank_coordinator`, `signatory` | of the bank |
| `coordinator`, `steering` | of the NGO, the *other* partner organisation; `steering` sits on the committee |
| `officer`, `second_officer`, `manager`, `second_manager`, `auditor`, `editor`, `second_editor` | of the secretariat |
| `investigator`, `liaison`, `agency_signatory`, `agency_steering` | of the agency |
| `other_investigator` | of another agency |
| `outsider` | has an account and a second factor, and belongs to no organisation any more |
| `newcomer` | a reporter of the bank who has no second factor yet |
"""

from __future__ import annotations

import time
from functools import cached_property

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from django.test import Client

from efc_portal.accounts.models import User
from efc_portal.accounts.sessions import second_factor_mark
from efc_portal.partners import services
from efc_portal.partners.enums import Role
from efc_portal.partners.models import Agency, Organisation
from tests.factories.partners import AgencyFactory, OrganisationFactory, PersonFactory

PEOPLE = (
    "reporter",
    "analyst",
    "bank_coordinator",
    "signatory",
    "coordinator",
    "steering",
    "officer",
    "second_officer",
    "manager",
    "second_manager",
    "auditor",
    "editor",
    "second_editor",
    "investigator",
    "liaison",
    "agency_signatory",
    "agency_steering",
    "other_investigator",
    "outsider",
    "newcomer",
)


class Cast:
    # --- organisations

    @cached_property
    def bank(self) -> Organisation:
        return OrganisationFactory(name="Meridian Bank", country="NL", domains=["meridian.example"])

    @cached_property
    def ngo(self) -> Organisation:
        return OrganisationFactory(
            ngo=True, name="Lighthouse for Children", country="BE", domains=["lighthouse.example"]
        )

    @cached_property
    def secretariat(self) -> Organisation:
        return OrganisationFactory(secretariat=True, country="BE", domains=["efc.example"])

    @cached_property
    def agency(self) -> Agency:
        return AgencyFactory(name="National Unit North", country="NL", domains=["north.example"])

    @cached_property
    def other_agency(self) -> Agency:
        return AgencyFactory(name="National Unit South", country="FR", domains=["south.example"])

    # --- people

    def _person(
        self, organisation: Organisation, role: Role, name: str, address: str, *, second_factor: bool = True
    ) -> User:
        return PersonFactory(
            organisation=organisation, roles=[role], name=name, email=address, second_factor=second_factor
        )

    @cached_property
    def reporter(self) -> User:
        return self._person(self.bank, Role.REPORTER, "Rosa de Vries", "reporter@meridian.example")

    @cached_property
    def analyst(self) -> User:
        return self._person(self.bank, Role.ANALYST, "Anton Smit", "analyst@meridian.example")

    @cached_property
    def bank_coordinator(self) -> User:
        return self._person(self.bank, Role.COORDINATOR, "Bea Mulder", "coordinator@meridian.example")

    @cached_property
    def signatory(self) -> User:
        return self._person(self.bank, Role.SIGNATORY, "Sander Bos", "signatory@meridian.example")

    @cached_property
    def steering(self) -> User:
        return self._person(self.ngo, Role.STEERING, "Stella Maes", "steering@lighthouse.example")

    @cached_property
    def coordinator(self) -> User:
        return self._person(self.ngo, Role.COORDINATOR, "Camille Laurent", "coordinator@lighthouse.example")

    @cached_property
    def officer(self) -> User:
        return self._person(self.secretariat, Role.OFFICER, "Olga Novak", "officer@efc.example")

    @cached_property
    def second_officer(self) -> User:
        return self._person(self.secretariat, Role.OFFICER, "Oskar Berg", "officer2@efc.example")

    @cached_property
    def manager(self) -> User:
        return self._person(self.secretariat, Role.MANAGER, "Marta Silva", "manager@efc.example")

    @cached_property
    def second_manager(self) -> User:
        return self._person(self.secretariat, Role.MANAGER, "Milan Horvat", "manager2@efc.example")

    @cached_property
    def auditor(self) -> User:
        return self._person(self.secretariat, Role.AUDITOR, "Aino Virtanen", "auditor@efc.example")

    @cached_property
    def editor(self) -> User:
        return self._person(self.secretariat, Role.EDITOR, "Edit Kovács", "editor@efc.example")

    @cached_property
    def second_editor(self) -> User:
        return self._person(self.secretariat, Role.EDITOR, "Emil Sørensen", "editor2@efc.example")

    @cached_property
    def investigator(self) -> User:
        return self._person(self.agency.organisation, Role.INVESTIGATOR, "Ilse Bakker", "investigator@north.example")

    @cached_property
    def liaison(self) -> User:
        return self._person(self.agency.organisation, Role.LIAISON, "Luc Peeters", "liaison@north.example")

    @cached_property
    def agency_signatory(self) -> User:
        return self._person(self.agency.organisation, Role.SIGNATORY, "Sofie Aerts", "signatory@north.example")

    @cached_property
    def agency_steering(self) -> User:
        return self._person(self.agency.organisation, Role.STEERING, "Stijn Claes", "steering@north.example")

    @cached_property
    def other_investigator(self) -> User:
        return self._person(
            self.other_agency.organisation, Role.INVESTIGATOR, "Inès Moreau", "investigator@south.example"
        )

    @cached_property
    def outsider(self) -> User:
        user = self._person(self.bank, Role.REPORTER, "Otto Former", "former@meridian.example")
        services.membership_end(actor=None, membership=user.memberships.get())
        return user

    @cached_property
    def newcomer(self) -> User:
        return self._person(self.bank, Role.REPORTER, "Nina Jansen", "newcomer@meridian.example", second_factor=False)

    # --- browsers

    def client(self, who: str, *, fresh: bool = False) -> Client:
        """A browser in which one of the cast is signed in; `fresh` as `client_for`."""
        return client_for(getattr(self, who), fresh=fresh)


def client_for(user: User, *, fresh: bool = False) -> Client:
    """A browser signed in as a person, past the second factor when the person has one.

    `fresh=True`: the person has re-authenticated this very second, as before an approval or an export.
    """
    client = Client()
    client.force_login(user)
    session = client.session
    authenticator = Authenticator.objects.filter(user=user).first()
    if authenticator:
        second_factor_mark(session)
        record = {"method": "mfa", "at": time.time(), "id": authenticator.pk, "type": authenticator.type}
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{**record, "reauthenticated": True} if fresh else record]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session.save()
    return client
