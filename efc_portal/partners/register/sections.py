"""What other packages add to an organisation's page: each a section with a summary and a link to its own pages.

A package of `partners` has a module `register_section`, imported when Django starts:

    from efc_portal.partners.register.sections import organisation_section

    @organisation_section(order=30, title=_("Contributions"), template="partners/contributions/_section.html")
    def contributions(user: User, organisation: Organisation) -> dict[str, Any] | None:
        if not access_of(user).may(Permission.MEMBERS_VIEW): ...
        return {"hours": …, "url": reverse("contributions_of", args=[organisation.pk])}

What it returns is `data` in its template, beside `organisation`; `None` leaves the section out. The function is asked
each time the page is shown, to the secretariat and to the organisation's own coordinators alike: it says itself what
this person may know, and costs the same number of queries whatever there is.

A column of the list works the same way, for all organisations of a page at once:

    @register_column(key="agreement", label=_("Memorandum"), order=10)
    def agreement(organisations: Sequence[Organisation]) -> dict[UUID, Cell]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from efc_portal.accounts.models import User
from efc_portal.partners.models import Organisation

Text = Any  # a translated, possibly lazy string
SectionFunction = Callable[[User, Organisation], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Cell:
    """A cell of the list: its words, and the kind of tag they stand in (`components/tag.html`); none: plain words."""

    text: Text
    kind: str | None = None


ColumnFunction = Callable[[Sequence[Organisation]], Mapping[UUID, Cell]]


@dataclass(frozen=True)
class Section:
    order: int
    title: Text
    template: str
    function: SectionFunction


@dataclass(frozen=True)
class Column:
    order: int
    key: str
    label: Text
    function: ColumnFunction


@dataclass(frozen=True)
class Shown:
    """A section of one organisation's page."""

    title: Text
    template: str
    data: Mapping[str, Any]


_sections: list[Section] = []
_columns: list[Column] = []


def organisation_section(*, order: int, title: Text, template: str) -> Callable[[SectionFunction], SectionFunction]:
    """Register a section of the organisation's page; they stand in the order of `order`."""

    def register(function: SectionFunction) -> SectionFunction:
        _sections.append(Section(order, title, template, function))
        _sections.sort(key=lambda one: one.order)
        return function

    return register


def register_column(*, key: str, label: Text, order: int) -> Callable[[ColumnFunction], ColumnFunction]:
    """Register a column of the list and of its export; `key` is its name in the file."""

    def register(function: ColumnFunction) -> ColumnFunction:
        _columns.append(Column(order, key, label, function))
        _columns.sort(key=lambda one: one.order)
        return function

    return register


def sections_of(user: User, organisation: Organisation) -> list[Shown]:
    """The sections that this person reads about this organisation."""
    found = [(one, one.function(user, organisation)) for one in _sections]
    return [Shown(one.title, one.template, data) for one, data in found if data is not None]


def columns_registered() -> list[Column]:
    return list(_columns)
