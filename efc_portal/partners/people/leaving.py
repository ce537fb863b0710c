"""What happens to an organisation's invitations when it leaves the coalition."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.partners.enums import InvitationStatus
from efc_portal.partners.models import Invitation, Organisation
from efc_portal.partners.people.invitations import invitation_lapse
from efc_portal.partners.standing.leaving import on_leaving
from efc_portal.workflow.transitions import Person


@on_leaving(20, erases=[_("Invitations that nobody took up yet")])
def invitations_settle(organisation: Organisation, actor: Person | None) -> None:
    """The links that were sent open nothing any more."""
    for invitation in Invitation.objects.filter(organisation=organisation, status=InvitationStatus.OPEN):
        invitation_lapse(invitation=invitation)
