"""What happened to a referral, as each side reads it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.audit.selectors import timeline
from efc_portal.partners.actors import actor_texts
from efc_portal.partners.permissions import access_of
from efc_portal.referrals.models import Referral
from efc_portal.submissions.timeline import Entry, newest_first

# What the agency reads; the secretariat reads these and its own steps.
AGENCY_SHOWN: dict[str, str | Promise] = {
    "referral.deliver": _("Delivered to the inbox"),
    "referral.download": _("Package downloaded"),
    "referral.acknowledge": pgettext_lazy("referral status", "Acknowledged"),
    "referral.accept": pgettext_lazy("referral status", "Accepted"),
    "referral.decline": pgettext_lazy("referral status", "Declined"),
    "referral.conclude": _("Outcome reported"),
    "referral.release": _("Told to the submitters, or to be told at the chosen time"),
}
SHOWN: dict[str, str | Promise] = {
    "referral.draft": pgettext_lazy("referral status", "Drafted"),
    "referral.revise": _("Draft changed"),
    "referral.propose": _("Handed over for approval"),
    "referral.return": _("Given back to be mended"),
    "referral.approve": _("Approved by a second person"),
    "referral.withdraw": pgettext_lazy("referral status", "Withdrawn"),
    "referral.package": _("Package built and encrypted"),
    **AGENCY_SHOWN,
}


def referral_timeline(referral: Referral, *, reader: object) -> list[Entry]:
    """Newest first. Each side reads the names of its own people alone."""
    shown = AGENCY_SHOWN if access_of(reader).is_law_enforcement else SHOWN
    events = timeline(referral, actions=shown)
    who = actor_texts(events, reader=reader)
    return newest_first([Entry(event.at, str(shown[event.action]), by=who.get(event.pk, "")) for event in events])
