"""What the secretariat checks before members are asked: items for everybody, and some for a sector."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from efc_portal.partners.applications.enums import CheckState
from efc_portal.partners.enums import Sector as S

DONE = frozenset({CheckState.FULFILLED, CheckState.NOT_APPLICABLE})


@dataclass(frozen=True)
class Item:
    """`sectors` are those it is asked of; none: of everybody."""

    code: str
    label: str | Promise
    hint: str | Promise
    sectors: frozenset[S] = frozenset()


ITEMS = (
    Item(
        "existence",
        _("The organisation exists and is the one that is named"),
        _("Extract of the national register, of the LEI register, or the founding act."),
    ),
    Item(
        "domain",
        _("The mail domain is the organisation’s own"),
        _("Its website, its register entry or its supervisor name it. Look at every letter."),
    ),
    Item(
        "contact",
        _("The contact works there"),
        _("Call the switchboard on a number that the application did not give."),
    ),
    Item(
        "signatory",
        _("The signatory can bind the organisation"),
        _("Register extract, or a power of attorney."),
    ),
    Item(
        "basis",
        _("The lawful basis holds for what it wants to share and receive"),
        _("Read it with the data-protection contact of the secretariat."),
    ),
    Item(
        "reputation",
        _("No sanctions, and no unresolved doubts about its conduct"),
        _("Lists of sanctions, supervisors’ notices, court registers, press."),
    ),
    Item(
        "contribution",
        _("What it offers in kind is of use and can be given"),
        _("Ask when words and means do not fit."),
    ),
    Item(
        "licence",
        _("Its supervisor lists it"),
        _("Register of the national authority or of the EBA: licence, registration or exemption."),
        frozenset({S.FINANCIAL}),
    ),
    Item(
        "reports",
        _("It has somebody who receives and answers reports"),
        _("A team for trust and safety, or a named person, within office hours at least."),
        frozenset({S.TECHNOLOGY}),
    ),
    Item(
        "safeguarding",
        _("It has rules for the protection of children, and keeps them"),
        _("The written rules, and who watches over them."),
        frozenset({S.CIVIL_SOCIETY}),
    ),
    Item(
        "funding",
        _("Where its means come from is known"),
        _("Annual report or accounts of the last year."),
        frozenset({S.CIVIL_SOCIETY, S.ACADEMIA}),
    ),
    Item(
        "competence",
        _("Its competence is confirmed by a second way"),
        _("The ministry, Europol or Interpol confirm the unit, its countries and its matters."),
        frozenset({S.LAW_ENFORCEMENT}),
    ),
    Item(
        "mandate",
        _("The law gives it a task that fits"),
        _("The provision, and the decision to take part."),
        frozenset({S.PUBLIC_AUTHORITY}),
    ),
    Item(
        "ethics",
        _("Its research passes a board of ethics"),
        _("The board’s name and its decision on research of this kind."),
        frozenset({S.ACADEMIA}),
    ),
)


def items_for(sector: str) -> list[Item]:
    """The items for a sector, in the order of the list."""
    return [item for item in ITEMS if not item.sectors or sector in item.sectors]


def left_over(sector: str, states: Iterable[tuple[str, str]]) -> list[Item]:
    """What keeps a checklist from being complete: items that are open, or not fulfilled."""
    found = dict(states)
    return [item for item in items_for(sector) if found.get(item.code, CheckState.OPEN) not in DONE]
