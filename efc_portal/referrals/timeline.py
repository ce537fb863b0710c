"""What happened to a referral, as each side reads it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.selectors import timeline
from efc_portal.referrals.models import Referral
from efc_portal.submissions.timeline import Entry, newest_first

# What the agency reads; the secretariat reads these and its own steps.
AGENCY_SHOWN: dict[str, str | Promise] = {
    "referral.deliver": _("Delivered to the inbox"),
    "referral.download": _("Package downloaded"),
    "referral.acknowledge": _("Acknowledged"),
    "referral.accept": _("Accepted"),
    "referral.decline": _("Declined"),
    "referral.conclude": _("Outcome reported"),
    "referral.release": _("Told to the submitters, or to be told at the chosen time"),
}
SHOWN: dict[str, str | Promise] = {
    "referral.draft": _("Drafted"),
    "referral.revise": _("Draft changed"),
    "referral.propose": _("Handed over for approval"),
    "referral.return": _("Given back to be mended"),
    "referral.approve": _("Approved by a second person"),
    "referral.withdraw": _("Withdrawn"),
    "referral.package": _("Package built and encrypted"),
    **AGENCY_SHOWN,
}
_OWN_PEOPLE = ("referral.download", "referral.acknowledge", "referral.accept", "referral.decline", "referral.conclude")


def referral_timeline(referral: Referral, *, for_agency: bool) -> list[Entry]:
    """Newest first. An agency reads the names of its own people alone; the secretariat of its own."""
    shown = AGENCY_SHOWN if for_agency else SHOWN
    entries = []
    for event in timeline(referral, actions=shown):
        named = (event.action in _OWN_PEOPLE) == for_agency
        entries.append(Entry(event.at, str(shown[event.action]), by=event.actor_label if named else ""))
    return newest_first(entries)
