"""A mailing in words: whom it goes to, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from efc_portal.core.countries import country_name
from efc_portal.partners.enums import OrganisationKind, OrganisationStatus, Role, Sector
from efc_portal.partners.mailings.enums import MailingStatus, RecipientStatus
from efc_portal.partners.mailings.segments import Segment
from efc_portal.partners.models import Mailing, Organisation

NAMES_SHOWN = 10


def segment_pairs(segment: Segment) -> list[dict[str, str]]:
    """For `components/pairs.html`."""
    names = list(Organisation.objects.filter(pk__in=segment.organisations).values_list("name", flat=True))
    more = len(names) - NAMES_SHOWN
    listed = ", ".join(names[:NAMES_SHOWN])
    if more > 0:
        listed += " " + ngettext("and %(number)d more", "and %(number)d more", more) % {"number": more}
    return [
        {"label": _("Kinds of members"), "value": _listed(segment.kinds, lambda one: OrganisationKind(one).label)},
        {"label": _("Roles"), "value": _listed(segment.roles, lambda one: Role(one).label)},
        {"label": _("Standing"), "value": _listed(segment.standing, lambda one: OrganisationStatus(one).label)},
        {"label": _("Sectors"), "value": _listed(segment.sectors, lambda one: Sector(one).label) or _("All")},
        {"label": _("Countries"), "value": _listed(segment.countries, country_name) or _("All")},
        {"label": _("Organisations"), "value": listed or _("All that fit")},
    ]


def _listed(values: Iterable[str], words: Callable[[str], Any]) -> str:
    return ", ".join(str(words(value)) for value in values)


def progress_of(mailing: Mailing, counts: dict[str, int]) -> list[dict[str, Any]]:
    """For `components/progress.html`: queued, sent, looked after."""
    total = sum(counts.values()) or mailing.recipient_count
    settled = total - counts[RecipientStatus.WAITING] - counts[RecipientStatus.SENDING]
    unclear = counts[RecipientStatus.UNCLEAR]
    ended = mailing.status in (MailingStatus.SENT, MailingStatus.CANCELLED)
    sending = {MailingStatus.SENDING: "running", MailingStatus.SENT: "done", MailingStatus.CANCELLED: "failed"}
    steps: list[dict[str, Any]] = [
        {"label": _("Queued"), "state": "done", "at": mailing.queued_at},
        {
            "label": _("Handed to the mail server"),
            "state": sending.get(MailingStatus(mailing.status), "waiting"),
            "text": _("%(settled)s of %(total)s") % {"settled": settled, "total": total},
            "at": mailing.status_at if ended else None,
        },
    ]
    if unclear:
        text = ngettext("%(number)d letter is unclear", "%(number)d letters are unclear", unclear) % {"number": unclear}
        steps.append({"label": _("Decided by the secretariat"), "state": "waiting", "text": text})
    return steps


def is_running(mailing: Mailing, counts: dict[str, int]) -> bool:
    """Whether the page will look different by itself in a moment."""
    return mailing.status in (MailingStatus.QUEUED, MailingStatus.SENDING) or bool(counts[RecipientStatus.SENDING])
