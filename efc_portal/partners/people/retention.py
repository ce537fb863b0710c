"""What ends by itself: invitations nobody took up, wishes nobody approved, and the names in both after a year."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from efc_portal.core.errors import Conflict
from efc_portal.core.retention import expires
from efc_portal.partners.enums import FactorResetStatus, InvitationStatus
from efc_portal.partners.models import FactorReset, Invitation
from efc_portal.partners.people.invitations import invitation_lapse
from efc_portal.partners.people.resets import ASKED_FOR, factor_reset_lapse

KEPT = timedelta(days=365)


@expires("invitations that were not taken up")
def invitations_expire() -> int:
    """Lapse what is too old, each in a transaction of its own, and forget what ended a year ago."""
    now, ended = timezone.now(), 0
    for invitation in Invitation.objects.filter(status=InvitationStatus.OPEN, expires_at__lte=now).iterator():
        try:
            invitation_lapse(invitation=invitation)
        except Conflict:  # accepted, withdrawn or sent again just now
            continue
        ended += 1
    old = Invitation.objects.exclude(status=InvitationStatus.OPEN).filter(status_at__lt=now - KEPT)
    return ended + old.delete()[0]


@expires("resets of second factors that nobody approved")
def resets_expire() -> int:
    """Lapse what waited too long for a second person, and forget what ended a year ago."""
    now, ended = timezone.now(), 0
    for reset in FactorReset.objects.filter(status=FactorResetStatus.ASKED, asked_at__lt=now - ASKED_FOR).iterator():
        try:
            factor_reset_lapse(reset=reset)
        except Conflict:  # approved or ended just now
            continue
        ended += 1
    old = FactorReset.objects.exclude(status__in=FactorReset.OPEN).filter(status_at__lt=now - KEPT)
    return ended + old.delete()[0]
