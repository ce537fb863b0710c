"""What happened to a case, as officers read it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.selectors import timeline
from efc_portal.cases.models import Case
from efc_portal.submissions.timeline import Entry, newest_first

SHOWN: dict[str, str | Promise] = {
    "case.open": _("Case opened"),
    "case.combine": _("%(references)s added"),
    "case.note": _("Note added"),
    "case.close": _("Case closed"),
    "case.reopen": _("Case opened again"),
    "case.refer": _("Referral %(references)s drafted"),
}


def case_timeline(case: Case) -> list[Entry]:
    """Newest first."""
    entries = []
    for event in timeline(case, actions=SHOWN):
        names = {"references": ", ".join(event.payload.get("references", []))}
        entries.append(Entry(event.at, str(SHOWN[event.action]) % names, by=event.actor_label))
    return newest_first(entries)
