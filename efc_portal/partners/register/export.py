"""The register as a file: CSV (RFC 4180, UTF-8 with a byte order mark) or XLSX.

A cell that a spreadsheet would run as a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook

from efc_portal.audit.enums import Category
from efc_portal.audit.services import Actor, audit_record
from efc_portal.core.countries import country_name
from efc_portal.core.pan import truncate_pans
from efc_portal.core.spreadsheets import cell
from efc_portal.partners.enums import ContactKind
from efc_portal.partners.models import Contact, Organisation
from efc_portal.partners.register.sections import columns_registered
from efc_portal.partners.register.selectors import People, people_counts

BATCH = 500
Line = tuple[str, ...]


@dataclass(frozen=True)
class Batch:
    """Some organisations with what the columns say of all of them at once."""

    organisations: Sequence[Organisation]
    people: dict[UUID, People]


@dataclass(frozen=True)
class Column:
    """A column of the file: its name there, its words on the form, and its cells for a batch."""

    key: str
    label: Any
    cells: Callable[[Batch], list[str]]


def _each(value: Callable[[Organisation], object]) -> Callable[[Batch], list[str]]:
    return lambda batch: [_plain(value(one)) for one in batch.organisations]


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    return "" if value is None else str(value)


OWN = (
    Column("name", _("Name"), _each(lambda one: one.name)),
    Column("kind", _("Kind"), _each(lambda one: one.get_kind_display())),
    Column("standing", _("Standing"), _each(lambda one: one.get_status_display())),
    Column("sector", _("Sector"), _each(lambda one: one.get_sector_display())),
    Column("country", _("Country"), _each(lambda one: country_name(one.country))),
    Column("lei", _("LEI"), _each(lambda one: one.lei)),
    Column("register_number", _("Register number"), _each(lambda one: one.register_number)),
    Column("website", _("Website"), _each(lambda one: one.website)),
    Column("domains", _("Domains"), _each(lambda one: ", ".join(domain.name for domain in one.domains.all()))),
    Column("obliged", _("Obliged entity"), _each(lambda one: one.is_obliged)),
    Column("lawful_basis", _("Lawful basis"), _each(lambda one: one.get_lawful_basis_display())),
    Column("joined", _("Joined on"), _each(lambda one: one.joined_on.isoformat())),
    Column("left", _("Left on"), _each(lambda one: one.left_on.isoformat() if one.left_on else "")),
    Column(
        "people",
        _("People"),
        lambda batch: [str(batch.people.get(one.pk, People()).number) for one in batch.organisations],
    ),
    Column(
        "without_second_factor",
        _("People without a second factor"),
        lambda batch: [str(batch.people.get(one.pk, People()).without_factor) for one in batch.organisations],
    ),
)
CONTACTS = tuple(
    Column(
        f"contacts_{kind.value}",
        kind.label,
        _each(
            lambda one, kind=kind: "; ".join(  # type: ignore[misc]
                contact_text(contact) for contact in one.contacts.all() if contact.kind == kind
            )
        ),
    )
    for kind in ContactKind
)


def contact_text(contact: Contact) -> str:
    return f"{contact.name} <{contact.email}> {contact.phone}".strip()


def columns_offered() -> list[Column]:
    """What can be chosen, the columns of other packages among it; contacts are asked for apart."""
    others = [Column(one.key, one.label, _cells_of(one.function)) for one in columns_registered()]
    return [*OWN, *others]


def _cells_of(function: Any) -> Callable[[Batch], list[str]]:
    def cells(batch: Batch) -> list[str]:
        found = function(batch.organisations)
        return [str(found[one.pk].text) if one.pk in found else "" for one in batch.organisations]

    return cells


@transaction.atomic
def register_export_record(
    *,
    actor: Actor,
    organisations: QuerySet[Organisation],
    file_format: str,
    columns: Sequence[Column],
    purpose: str,
    filters: dict[str, Any],
) -> int:
    """Record that somebody takes the register along, and for what, before any of it leaves. Gives back how much."""
    count = organisations.count()
    audit_record(
        action="register.export",
        category=Category.DISCLOSURE,
        actor=actor,
        justification=truncate_pans(purpose.strip())[0],
        filters=filters,
        kind=file_format,
        codes=[one.key for one in columns],
        count=count,
    )
    return count


def register_lines(organisations: QuerySet[Organisation], columns: Sequence[Column], language: str) -> Iterator[Line]:
    """The names of the columns, then an organisation on each line; some hundreds are read at a time."""
    yield tuple(one.key for one in columns)
    keys = list(organisations.values_list("pk", flat=True))
    lists = ["domains", "contacts"] if set(columns) & set(CONTACTS) else ["domains"]
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        found = Organisation.objects.prefetch_related(*lists).in_bulk(part)
        organisations_here = [found[pk] for pk in part if pk in found]
        batch = Batch(organisations_here, people_counts(organisations_here))
        with translation.override(language):
            cells = [one.cells(batch) for one in columns]
        yield from zip(*cells, strict=True)


def register_csv(lines: Iterator[Line]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for line in lines:
        writer.writerow([cell(value) for value in line])
        yield text.getvalue().encode("utf-8", "replace")
        text.seek(0)
        text.truncate()


def register_xlsx(lines: Iterator[Line]) -> IO[bytes]:
    """A workbook in a file without a name, which is gone when it is closed."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Register")
    sheet.freeze_panes = "A2"
    for line in lines:
        sheet.append([cell(value) for value in line])
    file = tempfile.TemporaryFile()  # noqa: SIM115  (closed by the answer that sends it)
    book.save(file)
    file.seek(0)
    return file
