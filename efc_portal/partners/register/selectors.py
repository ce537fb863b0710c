"""Reads of the register: which organisations a person may know, their people in figures, and the history of fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from efc_portal.accounts.adapters import STRONG
from efc_portal.accounts.models import User
from efc_portal.core.countries import country_name
from efc_portal.core.permissions import Permission
from efc_portal.partners.enums import LawfulBasis, Matter, OrganisationStatus, Role, Sector
from efc_portal.partners.models import ContactImport, FieldChange, Membership, Organisation
from efc_portal.partners.permissions import access_of
from efc_portal.partners.register.services import DOMAIN, FIELDS


def organisations_for(user: object) -> QuerySet[Organisation]:
    """Everybody in the register for whoever may view members; their own for who looks after an organisation."""
    access = access_of(user)
    if access.may(Permission.MEMBERS_VIEW):
        return Organisation.objects.all()
    if access.organisation and access.may(Permission.ORGANISATION_MANAGE):
        return Organisation.objects.filter(pk=access.organisation.pk)
    return Organisation.objects.none()


def contact_imports_for(user: object) -> QuerySet[ContactImport]:
    """All files of contacts for whoever keeps the register, none for others; the latest first."""
    imports = ContactImport.objects.select_related("uploaded_by")
    return imports if access_of(user).may(Permission.MEMBERS_MANAGE) else imports.none()


def _factor() -> Exists:
    """Whether the person of a membership has a second factor; recovery codes alone are none."""
    return Exists(Authenticator.objects.filter(user_id=OuterRef("user_id"), type__in=STRONG))


def present_people() -> QuerySet[Membership]:
    """Whoever has a place in an organisation now, with `has_factor`."""
    return Membership.objects.filter(ended_at=None).annotate(has_factor=_factor())


def people_unprotected() -> QuerySet[Membership]:
    """Whoever has a place in an organisation now, and no second factor yet."""
    protected = Authenticator.objects.filter(type__in=STRONG).values("user")
    return Membership.objects.filter(ended_at=None).exclude(user__in=protected)


@dataclass(frozen=True)
class People:
    """How many people an organisation has, and how many of them have no second factor yet."""

    number: int = 0
    without_factor: int = 0


def people_counts(organisations: Iterable[Organisation]) -> dict[UUID, People]:
    """By organisation, in one query. An organisation without people has no line."""
    grouped = (
        present_people()
        .filter(organisation__in=[one.pk for one in organisations])
        .values("organisation_id")
        .annotate(number=Count("pk"), without=Count("pk", filter=Q(has_factor=False)))
        .order_by()
    )
    return {one["organisation_id"]: People(one["number"], one["without"]) for one in grouped}


def standing_counts(organisations: QuerySet[Organisation]) -> list[tuple[OrganisationStatus, int]]:
    """How many stand where, in the order of the lifecycle. Applicants only where there are any."""
    counted = dict(organisations.order_by().values_list("status").annotate(number=Count("pk")))
    return [
        (status, counted.get(status.value, 0))
        for status in OrganisationStatus
        if status != OrganisationStatus.APPLICANT or counted.get(status.value)
    ]


def joined_years() -> list[int]:
    """The years in which anybody joined, the latest first."""
    return [day.year for day in Organisation.objects.dates("joined_on", "year", order="DESC")]


def member_countries() -> list[str]:
    return list(Organisation.objects.order_by().values_list("country", flat=True).distinct())


@dataclass(frozen=True)
class Summary:
    """The people of one organisation, for its page."""

    people: People
    coordinators: list[User]


def people_summary(organisation: Organisation) -> Summary:
    members = list(present_people().filter(organisation=organisation).select_related("user").order_by("user__name"))
    without = sum(not one.has_factor for one in members)  # type: ignore[attr-defined]  # an annotation
    looking_after = {Role.COORDINATOR, Role.LIAISON, Role.MANAGER}
    return Summary(
        People(len(members), without), [one.user for one in members if looking_after.intersection(one.roles)]
    )


def changes_of(organisation: Organisation, *, field: str = "") -> QuerySet[FieldChange]:
    """The history of one field, or of all, the latest change first."""
    changes = organisation.field_changes.order_by("-changed_at", "-id")
    return changes.filter(field=field) if field else changes


def field_labels() -> dict[str, str]:
    """The fields of the register that have a history, in words."""
    labels = {name: str(Organisation._meta.get_field(name).verbose_name) for name in FIELDS}  # type: ignore[union-attr]
    return {name: text[:1].upper() + text[1:] for name, text in {**labels, DOMAIN: _("domain")}.items()}


def agency_field_labels() -> dict[str, str]:
    """The same of what an agency has besides."""
    return {
        "countries": _("Countries"),
        "matters": _("Matters"),
        "channel_phone": _("Telephone number"),
        "recipient": _("Key confirmed"),
        "status": _("Standing"),
    }


def field_words(field: str, text: str) -> str:
    """A value of the history as people read it."""
    match field:
        case "sector":
            return str(dict(Sector.choices).get(text, text))
        case "lawful_basis":
            return str(dict(LawfulBasis.choices).get(text, text))
        case "country":
            return country_name(text) if text else ""
        case "countries":
            return ", ".join(country_name(code) for code in text.split(", ")) if text else _("every country")
        case "matters":
            return ", ".join(str(dict(Matter.choices).get(code, code)) for code in text.split(", "))
        case "status":
            return str(dict(OrganisationStatus.choices).get(text, text))
        case "is_obliged":
            return {"yes": _("Yes"), "no": _("No"), "": _("Not known")}.get(text, text)
    return text


def history_rows(changes: Sequence[FieldChange], *, reader: User) -> list[dict[str, Any]]:
    """Changes as a table shows them. A constant number of queries."""
    names = names_for({one.changed_by_id for one in changes if one.changed_by_id}, reader=reader)
    labels = {**agency_field_labels(), **field_labels()}
    return [
        {
            "change": one,
            "field": labels.get(one.field, one.field),
            "before": field_words(one.field, one.before),
            "after": field_words(one.field, one.after),
            "by": names.get(one.changed_by_id, "") if one.changed_by_id else _("The portal itself"),
        }
        for one in changes
    ]


def names_for(people: set[UUID], *, reader: User) -> dict[UUID, str]:
    """People as this reader may know them: the secretariat reads names, others those of their own organisation."""
    access = access_of(reader)
    users = User.objects.in_bulk(people)
    if access.is_secretariat:
        return {pk: str(one) for pk, one in users.items()}
    own = Membership.objects.filter(user__in=people, organisation=access.organisation) if access.organisation else None
    ours = set(own.values_list("user_id", flat=True)) if own is not None else set()
    return {pk: str(one) if pk in ours else _("Secretariat") for pk, one in users.items()}
