"""The beginning of a coalition: its secretariat, and the first person of it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from efc_portal.accounts.models import User
from efc_portal.core.errors import ApplicationError
from efc_portal.partners.enums import OrganisationKind, Role, Sector
from efc_portal.partners.models import Organisation
from efc_portal.partners.services import organisation_create, person_create


@transaction.atomic
def secretariat_found(
    *, name: str, country: str, manager: str, email: str, language: str = "en", domains: Iterable[str] = ()
) -> User:
    """Create the secretariat with its first manager, who has no password yet.

    `country` is ISO 3166-1 alpha-2. Raises `ApplicationError` when there is a secretariat, and for what cannot be.
    """
    if there := Organisation.objects.filter(kind=OrganisationKind.SECRETARIAT).first():
        raise ApplicationError(
            _("There is a secretariat already: %(name)s. Its managers invite further people."), name=there.name
        )
    secretariat = organisation_create(
        actor=None,
        name=name,
        kind=OrganisationKind.SECRETARIAT,
        sector=Sector.CIVIL_SOCIETY,
        country=country,
        domains=domains,
    )
    return person_create(
        actor=None, organisation=secretariat, email=email, name=manager, roles=[Role.MANAGER], language=language
    )
