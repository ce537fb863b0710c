"""Reads of the memorandum and of who accepted it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from efc_portal.accounts.models import User
from efc_portal.core.permissions import Permission
from efc_portal.partners.agreements.enums import AcceptanceStatus, VersionStatus
from efc_portal.partners.enums import OrganisationKind
from efc_portal.partners.models import Acceptance, AgreementVersion, Membership, Organisation
from efc_portal.partners.permissions import ROLES, access_of

MEMBER_KINDS = (OrganisationKind.PARTNER, OrganisationKind.LAW_ENFORCEMENT)


def agreement_current() -> AgreementVersion | None:
    """The version in force; None before the first is published."""
    return AgreementVersion.objects.filter(status=VersionStatus.PUBLISHED).first()


def versions_for(user: object) -> QuerySet[AgreementVersion]:
    """All versions for who keeps or views the register, those that were published for a member's people."""
    versions = AgreementVersion.objects.select_related("data_key", "drafted_by", "published_by")
    access = access_of(user)
    if access.may(Permission.MEMBERS_VIEW):
        return versions
    if access.may(Permission.AGREEMENT_SIGN) or access.may(Permission.ORGANISATION_MANAGE):
        return versions.exclude(published_at=None)
    return versions.none()


def acceptances_for(user: object) -> QuerySet[Acceptance]:
    """All for who views the register, the own organisation's for its signatories and coordinators."""
    acceptances = Acceptance.objects.select_related("version", "organisation", "user", "countersigned_by")
    access = access_of(user)
    if access.may(Permission.MEMBERS_VIEW):
        return acceptances
    if access.may(Permission.AGREEMENT_SIGN) or access.may(Permission.ORGANISATION_MANAGE):
        return acceptances.filter(organisation=access.organisation)
    return acceptances.none()


def acceptance_of(organisation: Organisation, version: AgreementVersion) -> Acceptance | None:
    """An organisation's own acceptance of a version, whatever its state, unless it was withdrawn."""
    return (
        Acceptance.objects.filter(organisation=organisation, version=version)
        .exclude(status=AcceptanceStatus.WITHDRAWN)
        .select_related("version", "countersigned_by")
        .first()
    )


def acceptance_of_application(application_id: UUID) -> Acceptance | None:
    """The latest acceptance that an applicant was asked for and that was not withdrawn."""
    return (
        Acceptance.objects.filter(application_id=application_id)
        .exclude(status=AcceptanceStatus.WITHDRAWN)
        .select_related("version")
        .order_by("-version__number")
        .first()
    )


def acceptance_is_current(organisation: Organisation) -> bool:
    """Whether an organisation has accepted the version in force, or there is none, or it still has time to."""
    version = agreement_current()
    if version is None or version.accept_by >= timezone.localdate():
        return True
    acceptance = acceptance_of(organisation, version)
    return acceptance is not None and acceptance.accepted_at is not None


def overdue() -> Q:
    """The acceptances of members whose deadline has passed."""
    return Q(
        status=AcceptanceStatus.ASKED,
        organisation__is_active=True,
        version__status=VersionStatus.PUBLISHED,
        version__accept_by__lt=timezone.localdate(),
    )


def versions_counted(user: object) -> QuerySet[AgreementVersion]:
    """The versions with how many parties accepted each, and how many have not yet."""
    given = Q(acceptances__accepted_at__isnull=False)
    waiting = Q(acceptances__status=AcceptanceStatus.ASKED)
    return versions_for(user).annotate(
        given=Count("acceptances", filter=given), waiting=Count("acceptances", filter=waiting)
    )


def signatories_of(organisation_ids: Iterable[UUID]) -> dict[UUID, list[User]]:
    """Whom to tell in each organisation: who may sign, else who looks after it. One query."""
    memberships = Membership.objects.filter(
        organisation__in=list(organisation_ids), ended_at=None, user__is_active=True
    ).select_related("user", "organisation")
    signing: dict[UUID, list[User]] = {}
    managing: dict[UUID, list[User]] = {}
    for one in memberships.order_by("user__email"):
        held = _permissions(one)
        if Permission.AGREEMENT_SIGN in held:
            signing.setdefault(one.organisation_id, []).append(one.user)
        elif Permission.ORGANISATION_MANAGE in held:
            managing.setdefault(one.organisation_id, []).append(one.user)
    return {**managing, **signing}


def signers_of(organisation: Organisation) -> list[User]:
    """Who may sign for it, and nobody else. One query."""
    memberships = Membership.objects.filter(
        organisation=organisation, ended_at=None, suspended_at=None, user__is_active=True
    ).select_related("user", "organisation")
    return [one.user for one in memberships.order_by("user__email") if Permission.AGREEMENT_SIGN in _permissions(one)]


def _permissions(membership: Membership) -> set[str]:
    table = ROLES[OrganisationKind(membership.organisation.kind)]
    return {permission for role, held in table.items() if role in membership.roles for permission in held}


def to_accept(user: object) -> int:
    """1 while a signatory's organisation has not accepted the version in force."""
    version, organisation = agreement_current(), access_of(user).organisation
    if version is None or organisation is None or organisation.kind not in MEMBER_KINDS:
        return 0
    given = Acceptance.objects.filter(organisation=organisation, version=version, accepted_at__isnull=False)
    return int(not given.exists())


def to_countersign(user: object) -> int:
    return Acceptance.objects.filter(status=AcceptanceStatus.ACCEPTED).count()


def number_overdue(user: object) -> int:
    return Acceptance.objects.filter(overdue()).count()
