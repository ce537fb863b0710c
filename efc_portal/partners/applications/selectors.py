"""Reads of applications: whose they are to see, what waits, what looks like the same organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from efc_portal.core.permissions import Permission
from efc_portal.partners.applications.enums import SPONSORED_IN, SponsorStatus
from efc_portal.partners.applications.enums import ApplicationStatus as S
from efc_portal.partners.applications.names import domains_above, name_key, names_alike, site_domain
from efc_portal.partners.enums import OrganisationKind
from efc_portal.partners.models import Application, Ballot, Domain, Organisation
from efc_portal.partners.permissions import access_of


def applications_of_address(address: str) -> list[Application]:
    """The applications whose contact has this canonical address, the latest first.

    Addresses are sealed, so those of the address's domain are opened.
    """
    domain = address.rpartition("@")[2]
    found = Application.objects.filter(domain__in=domains_above(domain), erased_at=None).select_related("data_key")
    return [one for one in found.order_by("-created_at")[:200] if one.email == address]


def applications_for(user: object) -> QuerySet[Application]:
    """What was sent in, for whoever may read the register; none for others. Drafts are the applicants' own."""
    sent = Application.objects.exclude(status=S.DRAFT).select_related("data_key", "sponsor", "organisation")
    sent = sent.order_by("-submitted_at", "-reference")
    return sent if access_of(user).may(Permission.MEMBERS_VIEW) else sent.none()


def waiting_condition() -> Q:
    """What the secretariat has to do something about now."""
    now = timezone.now()
    return (
        Q(status__in=(S.RECEIVED, S.VETTING, S.APPROVED))
        | Q(status=S.CONSULTATION, comments_until__lte=now)
        | Q(status=S.VOTING, votes_until__lte=now)
    )


def applications_waiting(user: object) -> int:
    return applications_for(user).order_by().filter(waiting_condition()).count()


def status_counts(user: object) -> list[tuple[S, int]]:
    """How many stand in each state, in the order of the lifecycle, without the states where none stands."""
    grouped = applications_for(user).order_by().values_list("status").annotate(number=Count("pk"))
    counted = dict(grouped)
    return [(state, counted[state.value]) for state in S if counted.get(state.value)]


# --- members


def candidates_for(user: object) -> QuerySet[Application]:
    """Who wants to join, as members may know it: while comments or votes are open, and from when one is asked to
    sponsor it."""
    access = access_of(user)
    found = Application.objects.select_related("data_key", "sponsor").order_by("comments_until", "reference")
    if not access.may(Permission.APPLICATION_COMMENT):
        return found.none()
    own = Q(sponsor=access.organisation_id, status__in=(S.VETTING, S.CONSULTATION, S.VOTING))
    return found.filter(Q(status__in=(S.CONSULTATION, S.VOTING)) | own)


def candidates_to_comment(user: object) -> int:
    """In the comment period, without a comment of this person's."""
    found = candidates_for(user).order_by().filter(status=S.CONSULTATION, comments_until__gt=timezone.now())
    return found.exclude(comments__author=user).count()  # type: ignore[misc]


def ballots_for(user: object) -> QuerySet[Ballot]:
    """The votes that are a person's own to cast, while they hold the committee's role."""
    found = Ballot.objects.select_related("application", "application__data_key", "organisation")
    if not access_of(user).may(Permission.APPLICATION_VOTE):
        return found.none()
    return found.filter(voter=user, application__status=S.VOTING)  # type: ignore[misc]


def votes_to_cast(user: object) -> int:
    return ballots_for(user).filter(choice="", application__votes_until__gt=timezone.now()).count()


def sponsorships_of(organisation_id: UUID | None) -> QuerySet[Application]:
    """The applications that an organisation is asked to be the sponsor of, while it can still answer."""
    asked = Application.objects.filter(sponsor_status=SponsorStatus.ASKED, status__in=SPONSORED_IN)
    return asked.filter(sponsor=organisation_id).select_related("data_key", "sponsor")


def sponsorships_asked(user: object) -> int:
    """How many a coordinator has to answer for their organisation."""
    access = access_of(user)
    return sponsorships_of(access.organisation_id).count() if access.may(Permission.ORGANISATION_MANAGE) else 0


def sponsors_possible(application: Application) -> QuerySet[Organisation]:
    """Active partners and agencies, apart from what the application itself became."""
    kinds = (OrganisationKind.PARTNER, OrganisationKind.LAW_ENFORCEMENT)
    return Organisation.objects.filter(kind__in=kinds, is_active=True).order_by("name")


# --- duplicates


@dataclass
class Likeness:
    """An organisation, or another application, that could be the same one, and why."""

    name: str
    pk: UUID
    reasons: list[str | Promise] = field(default_factory=list)
    application: Application | None = None


def duplicates_of(application: Application) -> list[Likeness]:
    """Members and earlier or later applications with the same, or a similar, name, or the same numbers or domain.

    A constant number of queries; names are compared here, for no database folds every script.
    """
    mine = _Marks.of(
        application.name, application.lei, application.register_number, application.country, application.website
    )
    mine.domains.add(application.domain)
    found = []
    domains: dict[UUID, set[str]] = {}
    for organisation_id, name in Domain.objects.values_list("organisation_id", "name"):
        domains.setdefault(organisation_id, set()).add(name)
    members = Organisation.objects.exclude(kind=OrganisationKind.SECRETARIAT)
    if application.organisation_id:
        members = members.exclude(pk=application.organisation_id)
    for pk, *marks in members.values_list("pk", "name", "lei", "register_number", "country", "website"):
        other = _Marks.of(*marks)
        other.domains |= domains.get(pk, set())
        if reasons := mine.shared(other):
            found.append(Likeness(marks[0], pk, reasons))
    others = Application.objects.exclude(pk=application.pk).exclude(status=S.DRAFT).order_by("-submitted_at")
    fields = ("pk", "reference", "status", "submitted_at", "name", "lei", "register_number", "country", "website")
    for one in others.only(*fields, "domain"):
        other = _Marks.of(one.name, one.lei, one.register_number, one.country, one.website)
        other.domains.add(one.domain)
        if reasons := mine.shared(other):
            found.append(Likeness(one.name, one.pk, reasons, one))
    return found


@dataclass
class _Marks:
    key: str
    lei: str
    register: tuple[str, str]
    domains: set[str]

    @classmethod
    def of(cls, name: str, lei: str, register_number: str, country: str, website: str) -> _Marks:
        number = "".join(letter for letter in register_number.casefold() if letter.isalnum())
        return cls(name_key(name), lei, (country, number), {site_domain(website)} - {""})

    def shared(self, other: _Marks) -> list[str | Promise]:
        reasons: list[tuple[bool, str | Promise]] = [
            (self.key == other.key, _("Same name")),
            (self.key != other.key and names_alike(self.key, other.key), _("Similar name")),
            (bool(self.lei) and self.lei == other.lei, _("Same LEI")),
            (bool(self.register[1]) and self.register == other.register, _("Same register number")),
            (bool(self.domains & other.domains), _("Same domain")),
        ]
        return [text for holds, text in reasons if holds]


def reasons_text(reasons: Iterable[str | Promise]) -> str:
    return ", ".join(str(one) for one in reasons)
