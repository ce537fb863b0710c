"""What happens to an organisation's invitations and lost second factors when it leaves the coalition."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from efc_portal.partners.enums import FactorResetStatus, InvitationStatus
from efc_portal.partners.models import FactorReset, Invitation, Organisation
from efc_portal.partners.people.invitations import invitation_lapse
from efc_portal.partners.people.resets import factor_reset_lapse
from efc_portal.partners.standing.leaving import on_leaving
from efc_portal.workflow.transitions import Person


@on_leaving(20, erases=[_("Invitations that nobody took up yet")])
def invitations_settle(organisation: Organisation, actor: Person | None) -> None:
    """The links that were sent open nothing any more, and nobody's second factor is waited for."""
    for invitation in Invitation.objects.filter(organisation=organisation, status=InvitationStatus.OPEN):
        invitation_lapse(invitation=invitation)
    open_ones = FactorReset.objects.filter(
        organisation=organisation, status__in=(FactorResetStatus.ASKED, FactorResetStatus.WAITING)
    )
    for reset in open_ones:
        factor_reset_lapse(reset=reset)
