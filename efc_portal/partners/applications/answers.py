"""The answers of an application: their names, what of them stands in clear, and what must be true of them.

A draft keeps every answer as it was typed. Before it is sent, `answers_check` brings those that are more than words
into their one form, or says what is wrong with each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from efc_portal.core.addresses import address_canonical, domain_of
from efc_portal.core.company_numbers import lei_check, register_number_check
from efc_portal.core.countries import is_country
from efc_portal.core.errors import ApplicationError
from efc_portal.core.pan import truncate_pans
from efc_portal.partners.applications.enums import Obliged
from efc_portal.partners.applications.names import is_at, mail_domain
from efc_portal.partners.contributions.enums import ContributionKind
from efc_portal.partners.enums import LawfulBasis, Sector
from efc_portal.partners.register.services import contact_phone

# How long an answer may be, in characters. What is not here is no answer.
LENGTHS = {
    "name": 200,
    "sector": 20,
    "country": 2,
    "website": 200,
    "domain": 253,
    "register_number": 40,
    "lei": 40,
    "is_obliged": 10,
    "about": 2000,
    "contact_name": 120,
    "contact_function": 120,
    "contact_phone": 30,
    "gives": 20,
    "gives_words": 2000,
    "lawful_basis": 30,
    "lawful_basis_words": 1000,
    "privacy_name": 120,
    "privacy_email": 254,
    "signatory_name": 120,
    "signatory_function": 120,
    "signatory_email": 254,
}
SEVERAL = frozenset({"gives"})
CHOICES = {
    "sector": Sector.values,
    "is_obliged": Obliged.values,
    "gives": ContributionKind.values,
    "lawful_basis": LawfulBasis.values,
}
COLUMNS = ("name", "sector", "country", "website", "domain", "register_number", "lei")
REQUIRED = tuple(name for name in LENGTHS if name not in {"domain", "register_number", "lei", "contact_phone"})
_is_address = URLValidator(schemes=["http", "https"])
_NUMBERS = frozenset({"register_number", "lei", "contact_phone"})  # digits that are never a card's


def answers_kept(answers: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """The answers as a draft keeps them, no longer than they may be, and how many card numbers were cut in them."""
    kept: dict[str, Any] = {}
    cut = 0
    for name, longest in LENGTHS.items():
        value = answers.get(name)
        if name in SEVERAL:
            kept[name] = [_storable(one)[:longest] for one in value or []][:20]
            continue
        text = _storable(value or "").strip()
        if name not in _NUMBERS:
            text, found = truncate_pans(text)
            cut += found
        kept[name] = text[:longest]
    return kept, cut


def _storable(value: object) -> str:
    """A text without the one letter that PostgreSQL does not take: a draft is kept before anything is checked."""
    return str(value).replace("\0", "")


def answers_check(answers: Mapping[str, Any], *, email: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers with numbers, domains and addresses in their one form; by name, what is wrong with others.

    `email` is the confirmed address of the contact, in its canonical form. Empty answers are not looked at here.
    """
    checked, wrong = dict(answers), {}

    def brought(name: str, change: Callable[[], str]) -> None:
        try:
            checked[name] = change()
        except ApplicationError as error:
            wrong[name] = error.message

    for name, choices in CHOICES.items():
        given = checked.get(name) or []
        if not set([given] if isinstance(given, str) else given) <= set(choices):
            wrong[name] = str(_("Choose from the list."))
    if checked.get("website"):
        brought("website", lambda: _website(checked["website"]))
    country = str(checked.get("country") or "")
    if country and not is_country(country):
        wrong["country"] = str(_("Choose a country of the list."))
    if checked.get("lei"):
        brought("lei", lambda: lei_check(checked["lei"]))
    if checked.get("register_number") and country and "country" not in wrong:
        brought("register_number", lambda: register_number_check(checked["register_number"], country))
    if checked.get("privacy_email"):
        brought("privacy_email", lambda: address_canonical(checked["privacy_email"]))
    if checked.get("domain") or checked.get("website"):
        brought("domain", lambda: _own_domain(checked, email))
    if checked.get("contact_phone"):
        brought("contact_phone", lambda: contact_phone(checked["contact_phone"]))
    if checked.get("signatory_email"):
        brought("signatory_email", lambda: _at_domain(checked["signatory_email"], checked, wrong))
    return checked, wrong


def _website(text: str) -> str:
    address = text if "://" in text else f"https://{text}"
    try:
        _is_address(address)
    except ValidationError as error:
        raise ApplicationError(_("Give the whole address, such as https://www.example.org.")) from error
    return address


def _own_domain(answers: Mapping[str, Any], email: str) -> str:
    domain = mail_domain(str(answers.get("domain") or ""), str(answers.get("website") or ""))
    if not is_at(email, domain):
        raise ApplicationError(
            _(
                "Your confirmed address is at %(own)s, not at %(domain)s. Give the domain of your organisation’s mail "
                "addresses, or begin again with an address there."
            ),
            own=domain_of(email),
            domain=domain,
        )
    return domain


def _at_domain(text: str, answers: Mapping[str, Any], wrong: Mapping[str, str]) -> str:
    address = address_canonical(text)
    domain = str(answers.get("domain") or "")
    if domain and "domain" not in wrong and not is_at(address, domain):
        raise ApplicationError(
            _("The signatory’s address must be at your organisation’s domain, %(domain)s."), domain=domain
        )
    return address
