"""The register of members with few organisations and many: how long its pages take, and how many queries."""

from __future__ import annotations

import time
import uuid

from allauth.mfa.models import Authenticator

from bench.browser import signed_in
from bench.figures import Section, milliseconds
from bench.pages import CODE, Visit, ask, queries
from bench.portal import TrialPortal
from efc_portal.accounts.models import User
from efc_portal.core.countries import country_choices
from efc_portal.demo.coalition import PASSWORD
from efc_portal.partners.enums import OrganisationKind, Role, Sector
from efc_portal.partners.models import Contact, ContactImport, Domain, Membership, Organisation
from efc_portal.partners.register.imports.checking import rows_check

FEW, MANY = 10, 2_000
MANAGER = "katrin@efc.example"
PAGES = (
    ("register", "/members/"),
    ("register, last page by country", "/members/?sort=-country&page=9999"),
    ("register, filtered", "/members/?q=n&kind=partner&sort=-joined_on"),
)
PEOPLE = 5  # of each organisation, one of them without a second factor
VISITS = 30
ROWS = 5_000


def measure(portal: TrialPortal) -> Section:
    section = Section(f"Register of members with {FEW:,} and {MANY:,} organisations")
    found = {number: _visit(portal, number) for number in (FEW, MANY)}
    for name, _path in PAGES:
        for number, visits in found.items():
            section.add(f"{name}, {number:,}", milliseconds(visits[name].seconds), f"{visits[name].queries} queries")
        few, many = (found[number][name].queries for number in (FEW, MANY))
        section.require(
            few == many,
            f"The page “{name}” costs {few} queries with {FEW} organisations and {many} with {MANY:,}: it must cost "
            "the same.",
        )
    _rows(section)
    return section


def _visit(portal: TrialPortal, organisations: int) -> dict[str, Visit]:
    fill_to(organisations)
    portal.tidy()
    manager = signed_in(portal.port, email=MANAGER, password=PASSWORD, code=CODE)
    seconds: dict[str, list[float]] = {name: [] for name, _path in PAGES}
    for number in range(VISITS + 3):
        for name, path in PAGES:
            taken = ask(manager, path)
            if number >= 3:  # the first ones fill caches
                seconds[name].append(taken)
    manager.close()
    return {name: Visit(seconds[name], queries(MANAGER, path)) for name, path in PAGES}


def fill_to(total: int) -> None:
    """Bring the register to this many organisations, each with people, a domain and a contact."""
    there, countries = Organisation.objects.count(), [code for code, _name in country_choices()]
    made = Organisation.objects.bulk_create(
        Organisation(
            name=f"Member {number:05}",
            kind=OrganisationKind.PARTNER,
            sector=list(Sector)[number % len(Sector)],
            country=countries[number % len(countries)],
        )
        for number in range(there, total)
    )
    Domain.objects.bulk_create(Domain(organisation=one, name=_domain(one)) for one in made)
    Contact.objects.bulk_create(
        Contact(organisation=one, kind="main", name="Main Contact", email=f"main@{_domain(one)}") for one in made
    )
    people = [
        (one, User(email=f"p{number}@{_domain(one)}", name=f"Person {number}"))
        for one in made
        for number in range(PEOPLE)
    ]
    User.objects.bulk_create(user for _one, user in people)
    Membership.objects.bulk_create(
        Membership(user=user, organisation=one, roles=[Role.COORDINATOR]) for one, user in people
    )
    Authenticator.objects.bulk_create(
        Authenticator(user=user, type="totp", data={}) for place, (_one, user) in enumerate(people) if place % PEOPLE
    )


def _domain(organisation: Organisation) -> str:
    return f"m{organisation.name[-5:]}.example"


def _rows(section: Section) -> None:
    """Rows of a table of contacts, checked against the whole register."""
    names = list(Organisation.objects.values_list("name", flat=True))
    rows = [
        (
            number + 2,
            {
                "organisation": names[number % len(names)],
                "kind": "press",
                "name": f"Person {number}",
                "email": f"person{number}@example.org",
                "phone": "+32 2 555 01 00",
            },
        )
        for number in range(ROWS)
    ]
    began = time.perf_counter()
    checked = rows_check(ContactImport(pk=uuid.uuid4()), rows)
    taken = time.perf_counter() - began
    good = sum(row.is_good for row in checked)
    section.add(f"rows of contacts checked, {ROWS:,}", f"{taken:.1f} s", f"{ROWS / taken:,.0f}/s; {good:,} are good")
