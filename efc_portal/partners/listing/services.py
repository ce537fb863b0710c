"""Writes to the public directory."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_record
from efc_portal.core.public_facts import public_facts_changed
from efc_portal.partners.enums import OrganisationKind
from efc_portal.partners.listing.selectors import slug_free
from efc_portal.partners.models import Listing, Organisation
from efc_portal.partners.register.services import organisation_change


def listing_create(*, organisation: Organisation) -> Listing:
    """Give a new organisation its place in the directory: partners are shown from the start, others are not."""
    public_facts_changed()
    return Listing.objects.create(
        organisation=organisation,
        slug=slug_free(organisation.name),
        name=organisation.name,
        is_shown=organisation.kind == OrganisationKind.PARTNER,
    )


@transaction.atomic
def listing_change(
    *,
    actor: Actor | None,
    listing: Listing,
    name: str,
    website: str,
    descriptions: Mapping[str, str],
    is_shown: bool,
) -> None:
    """Change what the directory says about an organisation, and whether it says anything. The address stays."""
    was_shown = Listing.objects.select_for_update().get(pk=listing.pk).is_shown
    listing.name, listing.is_shown, listing.changed_at = name.strip(), is_shown, timezone.now()
    listing.descriptions = {code: text.strip() for code, text in descriptions.items() if text.strip()}
    listing.save()
    organisation = listing.organisation
    organisation_change(
        actor=actor,
        organisation=organisation,
        changes={"website": website},
        reason=str(_("Changed with the public listing")),
    )
    audit_record(
        action="listing.change",
        category=Category.OPERATION,
        actor=actor,
        obj=organisation,
        title=listing.name,
        url=f"/partners/{listing.slug}/",
        **{"from": _state(was_shown), "to": _state(is_shown)},
    )
    public_facts_changed()


def _state(is_shown: bool) -> str:
    return "shown" if is_shown else "hidden"
