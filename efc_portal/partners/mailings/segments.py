"""To whom a mailing goes: which of the members' people."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from efc_portal.partners.enums import OrganisationKind, OrganisationStatus, Role
from efc_portal.partners.models import Membership

KINDS = (OrganisationKind.PARTNER, OrganisationKind.LAW_ENFORCEMENT)  # the secretariat writes to others
STANDINGS = (OrganisationStatus.ACTIVE, OrganisationStatus.GRACE, OrganisationStatus.SUSPENDED)
ROLES = (Role.COORDINATOR, Role.LIAISON, Role.SIGNATORY, Role.STEERING, Role.REPORTER, Role.ANALYST, Role.INVESTIGATOR)


@dataclass(frozen=True)
class Segment:
    """All of these must fit. No sectors, countries or organisations: any of them."""

    kinds: tuple[str, ...] = KINDS
    standing: tuple[str, ...] = (OrganisationStatus.ACTIVE, OrganisationStatus.GRACE)
    roles: tuple[str, ...] = (Role.COORDINATOR, Role.LIAISON)
    sectors: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2
    organisations: tuple[str, ...] = ()  # their ids

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Segment:
        """From the JSON of a mailing, or a form's cleaned data."""
        return cls(**{name: tuple(map(str, values[name])) for name in cls.__dataclass_fields__ if name in values})

    @property
    def as_json(self) -> dict[str, list[str]]:
        return {name: list(map(str, values)) for name, values in asdict(self).items()}

    def memberships(self) -> QuerySet[Membership]:
        """The present places of the people it means, in the order in which they are written to."""
        found = Membership.objects.filter(
            ended_at=None,
            suspended_at=None,
            user__is_active=True,
            organisation__kind__in=self.kinds,
            organisation__status__in=self.standing,
            roles__overlap=list(self.roles),
        )
        if self.sectors:
            found = found.filter(organisation__sector__in=self.sectors)
        if self.countries:
            found = found.filter(organisation__country__in=self.countries)
        if self.organisations:
            found = found.filter(organisation__in=[UUID(one) for one in self.organisations])
        return found.select_related("user", "organisation").order_by("organisation__name", "user__email")


def fingerprint(people: Iterable[UUID]) -> str:
    """Which people exactly: what somebody confirmed is compared with what is then queued."""
    return hashlib.sha256(",".join(sorted(map(str, people))).encode()).hexdigest()
