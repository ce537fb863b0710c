"""Each row of a table of contacts by the rules of `contact_add`, with a constant number of queries for all of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from efc_portal.core.addresses import address_canonical
from efc_portal.core.errors import ApplicationError
from efc_portal.core.pan import truncate_pans
from efc_portal.partners.enums import ContactKind, OrganisationStatus
from efc_portal.partners.models import Contact, ContactImport, ContactImportRow, Organisation
from efc_portal.partners.register.imports.columns import LABELS, key_of, kind_of
from efc_portal.partners.register.services import contact_name, contact_phone

LEI_LENGTH = 20
Key = tuple[UUID, str, str]  # organisation, kind, address: what there is once


@dataclass
class Candidate:
    """A row on its way: what it says, what that means, and what is wrong with it."""

    number: int
    cells: dict[str, str]
    organisation: Organisation | None = None
    values: dict[str, str] = field(default_factory=dict)
    problems: list[dict[str, str]] = field(default_factory=list)

    def wrong(self, column: str, text: object) -> None:
        self.problems.append({"column": column, "text": str(text)})

    @property
    def key(self) -> Key | None:
        if self.problems or self.organisation is None:
            return None
        return self.organisation.pk, self.values["kind"], self.values["email"]


class Register:
    """The organisations by the names and LEIs that people write; read once."""

    def __init__(self) -> None:
        self._exact: dict[str, Organisation] = {}
        self._near: dict[str, list[Organisation]] = {}
        self._by_lei: dict[str, Organisation] = {}
        found = Organisation.objects.only("pk", "name", "lei", "status")
        # of two with one name, whoever is here is meant
        for one in sorted(found, key=lambda one: one.status != OrganisationStatus.LEFT):
            self._exact[_exactly(one.name)] = one
            self._near.setdefault(key_of(one.name), []).append(one)
            if one.lei:
                self._by_lei[one.lei] = one

    def find(self, text: str) -> Organisation:
        """Raises `ApplicationError` for nobody, for several, and for whoever has left."""
        found = self._find(text)
        if found.status == OrganisationStatus.LEFT:
            raise ApplicationError(_("%(name)s has left the coalition. Take the row out."), name=found.name)
        return found

    def _find(self, text: str) -> Organisation:
        lei = "".join(text.split()).upper()
        if found := self._exact.get(_exactly(text)) or self._by_lei.get(lei):
            return found
        near = self._near.get(key_of(text), [])
        near = [one for one in near if one.status != OrganisationStatus.LEFT] or near
        if len(near) == 1:
            return near[0]
        if near:
            names = get_text_list([one.name for one in near], _("or"))
            raise ApplicationError(
                _("“%(name)s” can be %(names)s. Write the name exactly, or the LEI."), name=text[:80], names=names
            )
        if len(lei) == LEI_LENGTH and lei.isascii() and lei.isalnum() and lei[-2:].isdigit():
            raise ApplicationError(_("No organisation of the register has the LEI %(lei)s. Copy it again."), lei=lei)
        raise ApplicationError(
            _("No organisation of the register is called “%(name)s”. Copy its name, or its LEI, from the register."),
            name=text[:80],
        )


def _exactly(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def rows_check(
    batch: ContactImport, rows: Iterable[tuple[int, dict[str, str]]], *, register: Register | None = None
) -> list[ContactImportRow]:
    """The rows as they are kept: good ones in canonical form, broken ones as they came with what is wrong.

    The sentences are in the active language. Of several rows that name the same contact, the first counts.
    """
    register = register or Register()
    candidates = [_candidate(number, cells, register) for number, cells in rows]
    here = contacts_here({one.key[0] for one in candidates if one.key})
    seen: dict[Key, int] = {}
    for one in candidates:
        if (key := one.key) is None:
            continue
        if key in here:
            one.wrong("email", _("This address is a contact of the organisation for this already. Take the row out."))
        elif key in seen:
            one.wrong("email", _("This is the same contact as in row %(row)s. Take one out.") % {"row": seen[key]})
        else:
            seen[key] = one.number
    return [_row(batch, one) for one in candidates]


def contacts_here(organisations: set[UUID]) -> set[Key]:
    """The contacts that some organisations have."""
    found = Contact.objects.filter(organisation__in=organisations)
    return set(found.values_list("organisation_id", "kind", "email"))


def _candidate(number: int, cells: dict[str, str], register: Register) -> Candidate:
    one = Candidate(number, cells)
    one.organisation = _checked(one, "organisation", register.find)
    for column, rule in _RULES.items():
        value = _checked(one, column, rule)
        if value is not None:
            one.values[column] = value
    return one


def _checked(one: Candidate, column: str, rule: Callable[[str], Any]) -> Any:
    text = one.cells.get(column, "")
    if not text and column != "phone":
        one.wrong(column, _("The cell is empty."))
        return None
    try:
        return rule(text)
    except ApplicationError as error:
        one.wrong(column, error.message)
        return None


def _kind(text: str) -> str:
    if found := kind_of(text):
        return found
    labels = get_text_list([f"“{kind.label}”" for kind in ContactKind], _("or"))
    raise ApplicationError(_("“%(kind)s” is nothing that a contact is for. Write %(kinds)s."), kind=text, kinds=labels)


_RULES: dict[str, Callable[[str], str]] = {
    "kind": _kind,
    "name": contact_name,
    "email": address_canonical,
    "phone": contact_phone,
}


def _row(batch: ContactImport, one: Candidate) -> ContactImportRow:
    is_good = not one.problems
    return ContactImportRow(
        batch=batch,
        number=one.number,
        is_good=is_good,
        organisation=one.organisation if is_good else None,
        values=one.values if is_good else {name: truncate_pans(text)[0] for name, text in one.cells.items()},
        problems=one.problems,
    )


def shown(row: ContactImportRow) -> list[dict[str, str]]:
    """What is wrong in a row, cell by cell, as the report says it. A right address is not shown whole."""
    return [
        {
            "label": str(LABELS[one["column"]]),
            "value": _masked(one["column"], row.values.get(one["column"], ""), one["text"]),
            "text": one["text"],
        }
        for one in row.problems
    ]


def _masked(column: str, value: str, sentence: str) -> str:
    if column != "email" or value in sentence:
        return value
    local, at, domain = value.partition("@")
    return f"{local[:2]}…{at}{domain}" if at else value
