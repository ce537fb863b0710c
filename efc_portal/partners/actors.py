"""Who did something, as a given person may read it: names of one's own organisation, otherwise whose people it was."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from efc_portal.accounts.models import User
from efc_portal.audit.models import AuditEvent
from efc_portal.partners.enums import OrganisationKind
from efc_portal.partners.models import Membership, Organisation
from efc_portal.partners.permissions import access_of


def actor_texts(events: Iterable[AuditEvent], *, reader: object) -> dict[int, str]:
    """By the event's id; nothing for what the portal itself did. A constant number of queries.

    Agencies and partners read “Secretariat”, never the name of one of its people; the secretariat reads the name of an
    agency, never of an agency's person.
    """
    own = access_of(reader).organisation_id
    done = [(event, event.actor_id) for event in events if event.actor_id]
    people = User.objects.in_bulk({actor for _event, actor in done})
    unsaid = {actor for event, actor in done if event.organisation_id is None}
    belongs = dict(Membership.objects.filter(user__in=unsaid, ended_at=None).values_list("user_id", "organisation_id"))
    whose = {event.pk: event.organisation_id or belongs.get(actor) for event, actor in done}
    organisations = Organisation.objects.in_bulk({pk for pk in whose.values() if pk and pk != own})
    texts = {}
    for event, actor in done:
        pk = whose[event.pk]
        if pk and pk == own:
            texts[event.pk] = str(people.get(actor, event.actor_label))
        elif pk in organisations:
            other = organisations[pk]
            texts[event.pk] = _("Secretariat") if other.kind == OrganisationKind.SECRETARIAT else other.name
    return texts
