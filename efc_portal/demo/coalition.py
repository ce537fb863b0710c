"""The demo's organisations and cast."""

from __future__ import annotations

import pyrage
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings

from efc_portal.accounts.models import User
from efc_portal.core.errors import ApplicationError
from efc_portal.demo import listings
from efc_portal.partners.agencies.keys import agency_key_confirm, agency_key_set
from efc_portal.partners.agencies.services import agency_channel_confirm, agency_channel_set
from efc_portal.partners.enums import Matter, OrganisationKind, Role, Sector
from efc_portal.partners.models import Agency, Organisation
from efc_portal.partners.services import (
    agency_create,
    organisation_create,
    person_create,
)

PASSWORD = "demo-coalition-2026"  # noqa: S105  (printed by `make run`; refused by the checks of production)

# name, sector, country, mail domain
PARTNERS = (
    ("Northbank", Sector.FINANCIAL, "DE", "northbank.example"),
    ("Banque du Littoral", Sector.FINANCIAL, "FR", "littoral.example"),
    ("Payrail", Sector.FINANCIAL, "NL", "payrail.example"),
    ("Kestrel Exchange", Sector.FINANCIAL, "EE", "kestrel.example"),
    ("Lumen Hosting", Sector.TECHNOLOGY, "FR", "lumen.example"),
    ("Haven Alliance", Sector.CIVIL_SOCIETY, "BE", "haven.example"),
)
# name, country, countries and matters it is competent for, mail domain
AGENCIES: tuple[tuple[str, str, list[str], list[Matter], str], ...] = (
    ("National Cyber Unit of the Lowlands", "NL", ["NL", "BE"], list(Matter), "lowlands.example"),
    ("Unité nationale cyber", "FR", ["FR"], [Matter.ONLINE_EXPLOITATION, Matter.PAYMENT_FRAUD], "unite.example"),
    ("European Agency for Joint Action", "NL", [], list(Matter), "jointaction.example"),
)
SECRETARIAT, SECRETARIAT_DOMAIN = "Secretariat", "efc.example"

# e-mail, name, organisation, roles, language; the first of a role is the one `make run` shows
PEOPLE = (
    ("jonas@northbank.example", "Jonas Weber", "Northbank", [Role.REPORTER], "en"),
    ("petra@northbank.example", "Petra Lang", "Northbank", [Role.COORDINATOR], "en"),
    ("karl@northbank.example", "Karl Brandt", "Northbank", [Role.SIGNATORY], "en"),
    ("denise@littoral.example", "Denise Caron", "Banque du Littoral", [Role.COORDINATOR, Role.STEERING], "fr"),
    ("claire@littoral.example", "Claire Dubois", "Banque du Littoral", [Role.ANALYST], "fr"),
    ("sofie@payrail.example", "Sofie Jansen", "Payrail", [Role.REPORTER, Role.ANALYST], "en"),
    ("ruben@payrail.example", "Ruben Bakker", "Payrail", [Role.COORDINATOR, Role.STEERING], "en"),
    ("liis@kestrel.example", "Liis Saar", "Kestrel Exchange", [Role.COORDINATOR], "en"),
    ("marten@kestrel.example", "Marten Tamm", "Kestrel Exchange", [Role.REPORTER], "en"),
    ("hugo@lumen.example", "Hugo Marchand", "Lumen Hosting", [Role.REPORTER], "fr"),
    ("chloe@lumen.example", "Chloé Petit", "Lumen Hosting", [Role.COORDINATOR], "fr"),
    ("elin@haven.example", "Elin Berg", "Haven Alliance", [Role.COORDINATOR, Role.STEERING], "en"),
    ("ines@efc.example", "Ines Ferreira", SECRETARIAT, [Role.OFFICER], "en"),
    ("pavel@efc.example", "Pavel Horák", SECRETARIAT, [Role.OFFICER], "en"),
    ("katrin@efc.example", "Katrin Holm", SECRETARIAT, [Role.MANAGER], "en"),
    ("henrik@efc.example", "Henrik Dahl", SECRETARIAT, [Role.MANAGER], "en"),
    ("simon@efc.example", "Simon Vidal", SECRETARIAT, [Role.AUDITOR], "en"),
    ("amelie@efc.example", "Amélie Roche", SECRETARIAT, [Role.EDITOR], "fr"),
    ("tomas@efc.example", "Tomáš Lindqvist", SECRETARIAT, [Role.EDITOR], "en"),
    ("marta@lowlands.example", "Marta de Wit", AGENCIES[0][0], [Role.INVESTIGATOR], "en"),
    ("bram@lowlands.example", "Bram Visser", AGENCIES[0][0], [Role.LIAISON], "en"),
    ("luc@unite.example", "Luc Moreau", AGENCIES[1][0], [Role.INVESTIGATOR, Role.LIAISON], "fr"),
    ("nora@jointaction.example", "Nora Lind", AGENCIES[2][0], [Role.INVESTIGATOR, Role.LIAISON], "en"),
)


def load() -> None:
    """Create what is missing. Each agency's private key is left in `var/demo-keys`, for trying out its packages."""
    for name, sector, country, domain in PARTNERS:
        _organisation(name, OrganisationKind.PARTNER, sector, country, domain)
    _organisation(SECRETARIAT, OrganisationKind.SECRETARIAT, Sector.CIVIL_SOCIETY, "BE", SECRETARIAT_DOMAIN)
    for name, country, countries, matters, domain in AGENCIES:
        if not Organisation.objects.filter(name=name).exists():
            agency_create(
                actor=None,
                name=name,
                country=country,
                sector=Sector.LAW_ENFORCEMENT,
                countries=countries,
                matters=matters,
                domains=[domain],
            )
    for email, name, organisation, roles, language in PEOPLE:
        if not User.objects.filter(email=email).exists():
            person = person_create(
                actor=None,
                organisation=Organisation.objects.get(name=organisation),
                email=email,
                name=name,
                roles=roles,
                language=language,
                password=PASSWORD,
            )
            TOTP.activate(person, generate_totp_secret())
    listings.load()
    for agency in Agency.objects.filter(recipient=""):
        _key(agency)


def _organisation(name: str, kind: OrganisationKind, sector: Sector, country: str, domain: str) -> None:
    try:
        organisation_create(actor=None, name=name, kind=kind, sector=sector, country=country, domains=[domain])
    except ApplicationError:  # it is here already
        return


def _key(agency: Agency) -> None:
    identity = pyrage.x25519.Identity.generate()
    folder = settings.VAR_DIR / "demo-keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / f"{agency.organisation.name.lower().replace(' ', '-')}.txt"
    file.touch(mode=0o600)
    file.write_text(f"# the private key of an invented agency\n{identity}\n")
    agency_channel_set(actor=None, agency=agency, phone="+442079460000", source="Invented: nobody has this number")
    agency_channel_confirm(actor=None, agency=agency, spoke_with="The duty desk")
    agency_key_set(actor=None, agency=agency, recipient=str(identity.to_public()))
    agency_key_confirm(actor=None, agency=agency)
