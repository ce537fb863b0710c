"""What happens to a member's own values when it leaves the coalition."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from efc_portal.indicators.services import own_values_lapse
from efc_portal.partners.models import Organisation
from efc_portal.partners.standing.leaving import on_leaving
from efc_portal.workflow.transitions import Person


@on_leaving(40, keeps=[_("What it told of own accounts, merchants and domains; they count as known no more")])
def own_values_settle(organisation: Organisation, actor: Person | None) -> None:
    """Its values make matches again: it is no longer there to answer for them."""
    own_values_lapse(organisation=organisation, actor=actor, reason=gettext("The member has left the coalition."))
