"""Writes to law enforcement agencies: admission, competence with its history, and the second way to reach them."""

from __future__ import annotations

from collections.abc import Iterable

import phonenumbers
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_record
from efc_portal.core.addresses import address_canonical, domain_canonical, domain_of
from efc_portal.core.countries import is_country
from efc_portal.core.errors import ApplicationError, Conflict, NotPermitted
from efc_portal.core.permissions import Permission
from efc_portal.partners.enums import Matter, Role, Sector
from efc_portal.partners.models import Agency, FieldChange
from efc_portal.partners.people.services import invitation_create
from efc_portal.partners.rules import permitted
from efc_portal.partners.services import agency_create
from efc_portal.workflow.transitions import Person


@transaction.atomic
def agency_admit(
    *,
    actor: Person,
    name: str,
    country: str,
    countries: Iterable[str],
    matters: Iterable[str],
    domains: Iterable[str],
    website: str,
    phone: str,
    source: str,
    liaison_name: str,
    liaison_email: str,
    language: str,
) -> Agency:
    """Admit an agency with the number by which it is called, and invite its first liaison.

    It receives nothing until a colleague has confirmed the number and, by it, the agency's key. Raises
    `ApplicationError` for what cannot be, and when the liaison's address is at none of the official domains.
    """
    permitted(actor, Permission.MEMBERS_MANAGE)
    official = [domain_canonical(domain) for domain in domains]
    address = liaison_check(liaison_email, official)
    agency = agency_create(
        actor=actor,
        name=name,
        country=country,
        sector=Sector.LAW_ENFORCEMENT,
        countries=countries,
        matters=matters,
        website=website,
        domains=official,
    )
    agency_channel_set(actor=actor, agency=agency, phone=phone, source=source)
    invitation_create(
        actor=actor,
        organisation=agency.organisation,
        email=address,
        name=liaison_name,
        roles=[Role.LIAISON],
        language=language,
    )
    return agency


def liaison_check(email: str, domains: Iterable[str]) -> str:
    """The address in its one form. Raises `ApplicationError` when it is at none of the domains."""
    address = address_canonical(email)
    if domain_of(address) not in set(domains):
        raise ApplicationError(
            _("%(email)s is at none of the agency’s official domains. Give an address at one of them."), email=address
        )
    return address


@transaction.atomic
def agency_competence_change(
    *, actor: Actor, agency: Agency, countries: Iterable[str], matters: Iterable[str], reason: str
) -> list[str]:
    """Change what an agency is competent for, with the history of both fields; gives back which of them changed.

    No country means every country. Raises `ApplicationError` for an unknown country or matter, and without a reason.
    """
    permitted(actor, Permission.MEMBERS_MANAGE)
    wanted = {
        "countries": sorted({code.strip().upper() for code in countries}),
        "matters": [matter.value for matter in Matter if matter in set(matters)],
    }
    if unknown := [code for code in wanted["countries"] if not is_country(code)]:
        raise ApplicationError(_("“%(country)s” is not a country code."), country=unknown[0])
    if not wanted["matters"]:
        raise ApplicationError(_("Choose at least one matter."))
    if not reason.strip():
        raise ApplicationError(_("Say why the competence changes."))
    held = Agency.objects.select_for_update().get(pk=agency.pk)
    changed = {name: values for name, values in wanted.items() if getattr(held, name) != values}
    if not changed:
        return []
    for name, values in changed.items():
        _changed(held, name, ", ".join(getattr(held, name)), ", ".join(values), actor, reason)
        setattr(agency, name, values)
    Agency.objects.filter(pk=held.pk).update(**changed)
    audit_record(
        action="agency.change",
        category=Category.ACCESS,
        actor=actor,
        obj=agency,
        justification=reason.strip(),
        codes=sorted(changed),
    )
    return sorted(changed)


@transaction.atomic
def agency_channel_set(*, actor: Actor | None, agency: Agency, phone: str, source: str) -> None:
    """Enter the number by which an agency is called, and where it was found. A colleague has to confirm it.

    `phone` may be written as in the agency's country. Raises `ApplicationError` for what is no number.
    """
    permitted(actor, Permission.MEMBERS_MANAGE)
    number = phone_canonical(phone, agency.organisation.country)
    source = " ".join(source.split())
    if not source:
        raise ApplicationError(_("Say where the number was found: a public register, the ministry’s directory."))
    held = Agency.objects.select_for_update().get(pk=agency.pk)
    _changed(held, "channel_phone", held.channel_phone, number, actor, source)
    columns = {
        "channel_phone": number,
        "channel_source": source,
        "channel_set_at": timezone.now(),
        "channel_set_by_id": actor.pk if actor else None,
        "channel_spoke_with": "",
        "channel_confirmed_at": None,
        "channel_confirmed_by_id": None,
    }
    _write(agency, columns)
    audit_record(action="agency.channel_set", category=Category.ACCESS, actor=actor, obj=agency, channel="telephone")


@transaction.atomic
def agency_channel_confirm(*, actor: Actor | None, agency: Agency, spoke_with: str) -> None:
    """Record that the number was called and the agency answered. Never by who entered it.

    `spoke_with` is who answered. Raises `NotPermitted` for who entered the number, and `Conflict` when it was changed
    meanwhile.
    """
    permitted(actor, Permission.MEMBERS_MANAGE)
    spoke_with = " ".join(spoke_with.split())
    if not spoke_with:
        raise ApplicationError(_("Say whom you spoke with."))
    held = Agency.objects.select_for_update().get(pk=agency.pk)
    if not held.channel_phone or held.channel_phone != agency.channel_phone or held.channel_confirmed_at:
        raise Conflict(_("The number was changed or confirmed meanwhile. Reload the page."))
    if actor is not None and held.channel_set_by_id == actor.pk:
        raise NotPermitted(_("You entered this number, so a colleague must call it and confirm it."))
    columns = {
        "channel_spoke_with": spoke_with[:150],
        "channel_confirmed_at": timezone.now(),
        "channel_confirmed_by_id": actor.pk if actor else None,
    }
    _write(agency, columns)
    audit_record(
        action="agency.channel_confirm",
        category=Category.ACCESS,
        actor=actor,
        obj=agency,
        justification=held.channel_source,
        channel="telephone",
    )


def phone_canonical(text: str, country: str) -> str:
    """A telephone number as E.164. Raises `ApplicationError` when it cannot be one."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise ApplicationError(
            _("This is no telephone number. Give it with its country code, such as +44 20 7946 0123.")
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _write(agency: Agency, columns: dict[str, object]) -> None:
    Agency.objects.filter(pk=agency.pk).update(**columns)
    for column, value in columns.items():
        setattr(agency, column, value)


def _changed(agency: Agency, field: str, before: str, after: str, actor: Actor | None, reason: str) -> None:
    FieldChange.objects.create(
        organisation_id=agency.pk,
        field=field,
        before=before,
        after=after,
        changed_by_id=actor.pk if actor else None,
        reason=reason.strip()[:300],
    )
