"""Organisations, agencies and people, made by the services that make real ones."""

from __future__ import annotations

from typing import Any

import factory
import pyrage
from allauth.mfa.totp.internal.auth import TOTP

from efc_portal.accounts.models import User
from efc_portal.partners import services
from efc_portal.partners.agencies import keys
from efc_portal.partners.agencies.services import agency_channel_confirm, agency_channel_set
from efc_portal.partners.enums import Matter, OrganisationKind, Role, Sector
from efc_portal.partners.models import Agency, Organisation

PASSWORD = "seven quiet herons by the canal"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class OrganisationFactory(factory.django.DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    class Params:
        ngo = factory.Trait(sector=Sector.CIVIL_SOCIETY)
        secretariat = factory.Trait(
            kind=OrganisationKind.SECRETARIAT,
            name="Secretariat of the coalition",
            sector=Sector.PUBLIC_AUTHORITY,
        )

    name = factory.Sequence(lambda n: f"Bank of Example {n}")
    kind = OrganisationKind.PARTNER
    sector = Sector.FINANCIAL
    country = "NL"

    @classmethod
    def _create(cls, model_class: type[Organisation], *args: Any, **fields: Any) -> Organisation:
        return services.organisation_create(actor=None, **fields)


class AgencyFactory(factory.django.DjangoModelFactory[Agency]):
    """An agency with a confirmed telephone number and key, whose identity (the secret half) is `agency.identity`."""

    class Meta:
        model = Agency

    name = factory.Sequence(lambda n: f"National unit {n}")
    country = "NL"
    sector = Sector.LAW_ENFORCEMENT
    countries = factory.LazyAttribute(lambda agency: [agency.country])
    matters = [Matter.ONLINE_EXPLOITATION]

    @classmethod
    def _create(cls, model_class: type[Agency], *args: Any, **fields: Any) -> Agency:
        agency = services.agency_create(actor=None, **fields)
        agency_channel_set(actor=None, agency=agency, phone="+442079460123", source="The ministry's directory")
        agency_channel_confirm(actor=None, agency=agency, spoke_with="The duty desk")
        agency.identity = pyrage.x25519.Identity.generate()  # type: ignore[attr-defined]
        keys.agency_key_set(actor=None, agency=agency, recipient=str(agency.identity.to_public()))  # type: ignore[attr-defined]
        keys.agency_key_confirm(actor=None, agency=agency)
        return agency


class PersonFactory(factory.django.DjangoModelFactory[User]):
    """A person of an organisation (made when none is given) with a password and an authenticator app.

    `second_factor=False` leaves the app out, as for somebody who signs in for the first time.
    """

    class Meta:
        model = User

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    roles = [Role.REPORTER]
    password = PASSWORD
    second_factor = True

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, second_factor: bool = True, **fields: Any) -> User:
        user = services.person_create(actor=None, **fields)
        if second_factor:
            TOTP.activate(user, TOTP_SECRET)
        return user
