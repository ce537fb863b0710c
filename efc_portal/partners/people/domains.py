"""A domain that is taken away, and the access that goes with it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import Conflict
from efc_portal.core.permissions import Permission
from efc_portal.partners.models import Domain
from efc_portal.partners.people.memberships import person_suspend
from efc_portal.partners.people.selectors import people_at
from efc_portal.partners.register.services import domain_history
from efc_portal.partners.rules import permitted
from efc_portal.workflow.transitions import Person


@transaction.atomic
def domain_remove(*, actor: Person | None, domain: Domain, reason: str, keep: Collection[UUID] = ()) -> int:
    """Take a domain away and suspend whoever has an address of it; gives back how many.

    `keep` are the memberships of those who stay all the same: the organisation sees them as people at a foreign
    domain. Nobody suspends themself by it. Raises `Conflict` when the domain was taken away already.
    """
    permitted(actor, Permission.MEMBERS_MANAGE)
    losing = [
        one
        for one in people_at(domain.organisation, domain.name)
        if one.pk not in keep and one.suspended_at is None and (actor is None or one.user_id != actor.pk)
    ]
    if not Domain.objects.filter(pk=domain.pk).delete()[0]:
        raise Conflict(_("This domain was taken away already."))
    domain_history(actor, domain.organisation, reason, before=domain.name)
    audit_record(
        action="domain.remove",
        category=Category.ACCESS,
        actor=actor,
        obj=domain.organisation,
        code=domain.name,
        justification=reason.strip(),
    )
    why = _("The domain %(domain)s was taken away") % {"domain": domain.name}
    for one in losing:
        person_suspend(actor=actor, membership=one, reason=why)
    return len(losing)
