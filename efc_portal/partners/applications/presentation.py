"""Applications as pages show them: the answers in groups, the thread, timelines, the checklist, the vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from efc_portal.audit.models import AuditEvent
from efc_portal.audit.selectors import timeline
from efc_portal.audit.words import ACTIONS
from efc_portal.core.countries import country_name
from efc_portal.core.standards.hosts import registered_name
from efc_portal.partners.actors import actor_texts
from efc_portal.partners.applications.checklist import Item, items_for
from efc_portal.partners.applications.enums import CheckState, Choice, Obliged
from efc_portal.partners.applications.names import site_domain
from efc_portal.partners.applications.transitions import APPLICATION
from efc_portal.partners.contributions.enums import ContributionKind
from efc_portal.partners.enums import LawfulBasis, Sector
from efc_portal.partners.models import Application, ApplicationCheck

Text = str | Promise

SECTIONS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (
        _("The organisation"),
        ("name", "sector", "country", "register_number", "lei", "website", "domain", "is_obliged", "about"),
    ),
    (_("What it brings"), ("gives", "gives_words")),
    (_("Sharing data"), ("lawful_basis", "lawful_basis_words", "privacy_name", "privacy_email")),
    (_("The contact"), ("contact_name", "contact_function", "contact_phone")),
    (_("Who signs"), ("signatory_name", "signatory_function", "signatory_email")),
)
LABELS: dict[str, Text] = {
    "name": _("Name"),
    "sector": _("Sector"),
    "country": _("Country"),
    "register_number": _("Register number"),
    "lei": _("LEI"),
    "website": _("Website"),
    "domain": _("Mail domain"),
    "is_obliged": _("Obliged entity"),
    "about": _("What it does"),
    "gives": _("In kind"),
    "gives_words": _("In words"),
    "lawful_basis": _("Lawful basis"),
    "lawful_basis_words": _("Law or interests"),
    "privacy_name": _("Data-protection contact"),
    "privacy_email": _("Its e-mail address"),
    "contact_name": _("Contact"),
    "contact_function": _("Function"),
    "contact_phone": _("Telephone"),
    "email": _("Confirmed e-mail address"),
    "signatory_name": _("Signatory"),
    "signatory_function": _("Function"),
    "signatory_email": _("E-mail address"),
}
_CODES: dict[str, Any] = {"sector": Sector, "is_obliged": Obliged, "lawful_basis": LawfulBasis}

# What an applicant reads of the record, and what is said to them about it.
PUBLIC: dict[str, Text] = {
    "application.submit": _("You sent the application"),
    "application.begin": _("The secretariat began the vetting"),
    "application.ask": _("The secretariat asked you something"),
    "application.answer": _("You wrote to the secretariat"),
    "application.consult": _("Members were asked for comments"),
    "application.call": _("The steering committee was called to vote"),
    "application.approve": _("The application was approved"),
    "application.admit": _("The application was approved"),
    "application.decline": _("The application was declined"),
    "application.withdraw": _("You withdrew the application"),
    "application.activate": _("Your organisation became a member"),
}
# What the secretariat reads of the record: everything that was done, nothing of who looked.
WORKED = (
    "application.start",
    *(f"{APPLICATION.noun}.{name}" for name in APPLICATION.transitions),
    "application.check",
    "application.ask",
    "application.answer",
    "application.sponsor_ask",
    "application.sponsor_confirm",
    "application.sponsor_decline",
    "application.comment",
    "application.close_comments",
    "application.vote",
    "application.erase",
)


def answer_rows(application: Application, answers: Mapping[str, Any], *, change: str = "") -> list[dict[str, Any]]:
    """The answers in groups, as `components/pairs.html` reads them; each leads to its question when `change` is set."""
    groups = []
    for title, names in SECTIONS:
        rows = [_row(name, answers, change) for name in names]
        if "contact_name" in names:
            rows.append({"label": LABELS["email"], "value": application.email})
        groups.append({"title": title, "rows": rows})
    return groups


def _row(name: str, answers: Mapping[str, Any], change: str) -> dict[str, Any]:
    row: dict[str, Any] = {"label": LABELS[name], "value": answer_text(name, answers.get(name))}
    if change:
        place = f"id_{name}_0" if name in ("is_obliged", "gives", "lawful_basis") else f"id_{name}"
        row["action"] = f"{change}#{place}"
    return row


def answer_text(name: str, value: Any) -> str:
    """An answer in words."""
    if not value:
        return ""
    if name == "gives":
        return ", ".join(str(ContributionKind(one).label) for one in value if one in ContributionKind.values)
    if name == "country":
        return country_name(str(value))
    if name in _CODES:
        return str(dict(_CODES[name].choices).get(value, value))
    return str(value)


@dataclass(frozen=True)
class Line:
    """One message of the thread between the secretariat and the applicant."""

    from_secretariat: bool
    author: str
    sent_at: datetime
    text: str


def thread_of(application: Application) -> list[Line]:
    """Oldest first."""
    return [
        Line(
            one.from_secretariat,
            str(one.author) if one.author else "",
            one.sent_at,
            application.opened(one.sealed, f"message:{one.pk}"),
        )
        for one in application.messages.select_related("author")
    ]


def public_timeline(application: Application) -> list[dict[str, Any]]:
    """What happened, as the applicant reads it: newest first, without names."""
    events = timeline(application, actions=PUBLIC)
    return _marked([{"title": PUBLIC[event.action], "at": event.at} for event in events])


def worked_timeline(application: Application, *, reader: object) -> list[dict[str, Any]]:
    """What happened, as the secretariat reads it: newest first, with who did it."""
    events = timeline(application, actions=WORKED)
    by = actor_texts(events, reader=reader)
    return _marked(
        [
            {
                "title": ACTIONS[event.action],
                "at": event.at,
                "by": by.get(event.pk, ""),
                "text": _detail(application, event),
            }
            for event in events
        ]
    )


def _marked(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    entries.reverse()
    if entries:
        entries[0]["state"] = "now"
    return entries


def _detail(application: Application, event: AuditEvent) -> str:
    """What the record says about an event beside its name."""
    if event.action == "application.check":
        labels = {item.code: str(item.label) for item in items_for(application.sector)}
        item, state = labels.get(event.payload.get("code", ""), ""), event.payload.get("to", "")
        return f"{item}: {CheckState(state).label}" if state in CheckState.values else item
    if event.action == "application.sponsor_ask":
        return event.recipient
    return event.justification


@dataclass(frozen=True)
class Checked:
    """An item of the checklist with what was found."""

    item: Item
    state: CheckState
    evidence: str = ""
    check: ApplicationCheck | None = None

    @property
    def label(self) -> str:
        return str(self.state.label)

    @property
    def kind(self) -> str:
        return {CheckState.FULFILLED: "good", CheckState.NOT_FULFILLED: "danger", CheckState.OPEN: "wait"}.get(
            self.state, "quiet"
        )


def checklist_of(application: Application) -> list[Checked]:
    found = {check.item: check for check in application.checks.select_related("checked_by")}
    listed = []
    for item in items_for(application.sector):
        check = found.get(item.code)
        if check is None:
            listed.append(Checked(item, CheckState.OPEN))
        else:
            evidence = application.opened(check.sealed, f"check:{item.code}")
            listed.append(Checked(item, CheckState(check.state), evidence, check))
    return listed


def cautions_of(application: Application) -> list[Text]:
    """What deserves a second look before anything else, in sentences."""
    found: list[Text] = []
    if "xn--" in application.domain:
        found.append(_("The mail domain has letters of another script, which can look like those of a to z."))
    if registered_name(application.domain) != site_domain(application.website):
        found.append(_("The mail domain is not the website’s. Make sure that both are the organisation’s."))
    return found


def comments_of(application: Application) -> list[dict[str, Any]]:
    """What members said, oldest first: whose they are by their organisation."""
    return [
        {
            "organisation": one.organisation.name,
            "stance": one.get_stance_display(),
            "kind": {"support": "good", "concern": "danger"}.get(one.stance, "quiet"),
            "text": application.opened(one.sealed, f"comment:{one.author_id}"),
            "at": one.written_at,
        }
        for one in application.comments.select_related("organisation")
    ]


def votes_of(application: Application) -> list[dict[str, Any]]:
    """Each vote of the committee, cast or not, by name."""
    ballots = application.ballots.select_related("voter", "organisation").order_by("voter__name", "voter__email")
    return [
        {
            "voter": str(one.voter),
            "organisation": one.organisation.name,
            "choice": Choice(one.choice).label if one.choice else pgettext_lazy("vote", "Not cast"),
            "reason": application.opened(one.sealed, f"ballot:{one.pk}"),
            "at": one.cast_at,
        }
        for one in ballots
    ]
