"""What happened to a case, as officers read it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from efc_portal.audit.selectors import timeline
from efc_portal.cases.models import Case
from efc_portal.partners.actors import actor_texts
from efc_portal.submissions.timeline import Entry, newest_first

SHOWN: dict[str, str | Promise] = {
    "case.open": _("Case opened"),
    "case.combine": _("%(references)s added"),
    "case.note": _("Note added"),
    "case.close": _("Case closed"),
    "case.reopen": _("Case opened again"),
    "case.refer": _("Referral %(reference)s drafted"),
}


def case_timeline(case: Case, *, reader: object) -> list[Entry]:
    """Newest first."""
    events = timeline(case, actions=SHOWN)
    who = actor_texts(events, reader=reader)
    entries = []
    for event in events:
        named = ", ".join(event.payload.get("references", []))
        names = {"references": named, "reference": named}
        entries.append(Entry(event.at, str(SHOWN[event.action]) % names, by=who.get(event.pk, "")))
    return newest_first(entries)
