"""Writes to the register: an organisation's fields with their history, its domains, its contacts."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_record
from efc_portal.core.addresses import address_canonical, domain_canonical
from efc_portal.core.company_numbers import lei_check, register_number_check
from efc_portal.core.countries import is_country
from efc_portal.core.errors import ApplicationError, Conflict
from efc_portal.core.pan import truncate_pans
from efc_portal.core.permissions import Permission
from efc_portal.core.public_facts import public_facts_changed
from efc_portal.partners.enums import OrganisationStatus
from efc_portal.partners.models import Contact, Domain, FieldChange, Organisation
from efc_portal.partners.rules import keeper_check, permitted

# The fields of the register that people change; where one stands is a transition, and never changed like this.
FIELDS = ("name", "sector", "country", "website", "register_number", "lei", "is_obliged", "lawful_basis")
DOMAIN = "domain"  # in the history, beside the fields
NAME_LENGTH, PHONE_LENGTH = 150, 30
_PHONE = re.compile(r"(?=(?:\D*\d){4})[+\d][\d ()./-]{3,20}( ?(x|ext\.?) ?\d{1,6})?", re.ASCII)


@transaction.atomic
def organisation_change(
    *,
    actor: Actor | None,
    organisation: Organisation,
    changes: Mapping[str, Any],
    reason: str = "",
    version: str = "",
) -> list[str]:
    """Change fields of the register, each with its history. Gives back the names of those that did change.

    `version` is the `organisation_version` that whoever changes it saw. Raises `Conflict` when the entry is another
    by now, and `ApplicationError` for a value that cannot be one, and when the name or the LEI is another member's.
    """
    if set(changes) == {"website"}:
        keeper_check(actor, organisation.pk)  # the public listing says it
    else:
        permitted(actor, Permission.MEMBERS_MANAGE)
    if unknown := changes.keys() - set(FIELDS):
        raise ValueError(f"no fields of the register: {unknown}")
    held = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if version and version != organisation_version(held):
        raise Conflict(_("Somebody else changed this entry meanwhile. Look at what it says now, and change it again."))
    values = organisation_values(dict(changes), country=changes.get("country", held.country), but=held)
    changed = {name: value for name, value in values.items() if getattr(held, name) != value}
    if not changed:
        return []
    FieldChange.objects.bulk_create(
        FieldChange(
            organisation=held,
            field=name,
            before=field_text(getattr(held, name)),
            after=field_text(value),
            changed_by_id=actor.pk if actor else None,
            reason=truncate_pans(reason.strip())[0],
        )
        for name, value in changed.items()
    )
    try:
        with transaction.atomic():
            Organisation.objects.filter(pk=held.pk).update(**changed)
    except IntegrityError as error:
        raise Conflict(_("Another organisation has just taken this name or LEI.")) from error
    for name, value in changed.items():
        setattr(organisation, name, value)
    audit_record(
        action="organisation.change",
        category=Category.OPERATION,
        actor=actor,
        obj=held,
        justification=truncate_pans(reason.strip())[0],
        codes=sorted(changed),
    )
    public_facts_changed()
    return list(changed)


def organisation_version(organisation: Organisation) -> str:
    """What tells one state of an entry from every other: of its fields that people change."""
    state = json.dumps([field_text(getattr(organisation, name)) for name in FIELDS])
    return hashlib.sha256(state.encode()).hexdigest()[:16]


def organisation_values(values: dict[str, Any], *, country: str, but: Organisation | None = None) -> dict[str, Any]:
    """The values in their canonical forms. Raises `ApplicationError` for the first that cannot be one, or is taken."""
    others = Organisation.objects.exclude(status=OrganisationStatus.LEFT)  # who left may come back as a new member
    others = others.exclude(pk=but.pk) if but else others
    if "country" in values:
        values["country"] = country = values["country"].strip().upper()
        if not is_country(country):
            raise ApplicationError(
                _("“%(country)s” is not a country code. Use two letters, such as BE."), country=country
            )
    if "name" in values:
        values["name"] = " ".join(unicodedata.normalize("NFC", values["name"]).split())
        if not values["name"]:
            raise ApplicationError(_("Give the organisation’s name."))
        if others.filter(name__iexact=values["name"]).exists():
            raise ApplicationError(_("An organisation called “%(name)s” is here already."), name=values["name"])
    if values.get("lei"):
        values["lei"] = lei_check(values["lei"])
        if other := others.filter(lei=values["lei"]).first():
            raise ApplicationError(_("This LEI is that of %(name)s, which is here already."), name=other.name)
    if values.get("register_number"):
        values["register_number"] = register_number_check(values["register_number"], country)
    return values


def field_text(value: object) -> str:
    """A value as the history keeps it; yes and no for what is either, empty for what is not known."""
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@transaction.atomic
def domain_add(*, actor: Actor | None, organisation: Organisation, name: str, reason: str) -> Domain:
    """Let addresses of a domain be an organisation's. Raises `ApplicationError` when it is no domain, or another's."""
    permitted(actor, Permission.MEMBERS_MANAGE)
    domain = domain_canonical(name)
    if held := Domain.objects.filter(name=domain).select_related("organisation").first():
        raise ApplicationError(
            _("The domain %(domain)s belongs to %(organisation)s already."),
            domain=domain,
            organisation=held.organisation.name,
        )
    try:
        with transaction.atomic():
            added = Domain.objects.create(
                organisation=organisation, name=domain, added_by_id=actor.pk if actor else None, reason=reason.strip()
            )
    except IntegrityError as error:
        raise Conflict(_("Somebody else added this domain meanwhile. Reload the page.")) from error
    domain_history(actor, organisation, reason, after=domain)
    audit_record(
        action="domain.add",
        category=Category.ACCESS,
        actor=actor,
        obj=organisation,
        code=domain,
        justification=reason.strip(),
    )
    return added


def domain_history(
    actor: Actor | None, organisation: Organisation, reason: str, *, before: str = "", after: str = ""
) -> None:
    """Note in an organisation's history that a domain came (`after`) or went (`before`)."""
    FieldChange.objects.create(
        organisation=organisation,
        field=DOMAIN,
        before=before,
        after=after,
        changed_by_id=actor.pk if actor else None,
        reason=truncate_pans(reason.strip())[0],
    )


@transaction.atomic
def contact_add(
    *, actor: Actor | None, organisation: Organisation, kind: str, name: str, email: str, phone: str = ""
) -> Contact:
    """Name a contact. It counts as confirmed from now. Raises `ApplicationError` when it is there already."""
    keeper_check(actor, organisation.pk)
    values = {
        "name": contact_name(name),
        "email": address_canonical(email),
        "phone": contact_phone(phone),
    }
    if organisation.contacts.filter(kind=kind, email=values["email"]).exists():
        raise ApplicationError(_("%(email)s is a contact for this already."), email=values["email"])
    contact = Contact.objects.create(organisation=organisation, kind=kind, confirmed_at=timezone.now(), **values)
    audit_record(action="contact.add", category=Category.OPERATION, actor=actor, obj=organisation, kind=str(kind))
    return contact


def contact_name(text: str) -> str:
    """A contact's name as it is kept. Raises `ApplicationError` for none, and for one that is too long."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise ApplicationError(_("Give the contact’s name."))
    if len(name) > NAME_LENGTH or not name.isprintable():
        raise ApplicationError(_("A name has at most %(most)s characters, on one line."), most=NAME_LENGTH)
    return name


def contact_phone(text: str) -> str:
    """A telephone number as it is kept; there may be none. Raises `ApplicationError` for what is no number."""
    phone = " ".join(text.split())
    if phone and (len(phone) > PHONE_LENGTH or not _PHONE.fullmatch(phone)):
        raise ApplicationError(
            _("“%(phone)s” is not a telephone number. Write it with its country, such as +32 2 555 01 00."),
            phone=phone[:40],
        )
    return phone


@transaction.atomic
def contact_remove(*, actor: Actor | None, contact: Contact) -> None:
    keeper_check(actor, contact.organisation_id)
    if not Contact.objects.filter(pk=contact.pk).delete()[0]:
        raise Conflict(_("This contact was taken away already."))
    audit_record(
        action="contact.remove",
        category=Category.OPERATION,
        actor=actor,
        obj=contact.organisation,
        kind=str(contact.kind),
    )
