"""Reading a file: it is cut into parts, which are checked at several places at a time.

One slice reads for some seconds and commits what it cut. The next begins where it stood, which means reading what lies
before once more: so each is twice as long as the one before, and all that is read again is less than the file.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from efc_portal.core.blob_file import blob_open
from efc_portal.core.blobs import blob_delete, blob_write
from efc_portal.core.content.cards import has_card_number
from efc_portal.intake.enums import IntakeStatus
from efc_portal.intake.models import Intake, IntakePart
from efc_portal.intake.reading import Dialect, Exact, InvalidFile, RawRow, table_open
from efc_portal.intake.reading.errors import the_door
from efc_portal.intake.reading.workbook import Workbook
from efc_portal.intake.services.collecting import collector_held
from efc_portal.intake.services.mending import again_forget
from efc_portal.intake.services.steps import ERASE, READ, lanes_wake
from efc_portal.intake.transitions import INTAKE
from efc_portal.workflow.services import work_enqueue

PART_CHARACTERS = 4_000_000  # after which a part ends earlier
BLOCK_ROWS = 500  # that are written at a time
SLICE_SECONDS, SLICE_SECONDS_MAX = 1.0, 120.0


def intake_read(*, pk: UUID) -> None:
    """Cut the next parts off a file; at its end say so, and when it cannot be read on, why."""
    intake = Intake.objects.select_related("submission__data_key", "uploaded_by").get(pk=pk)
    if intake.status != IntakeStatus.CHECKING or intake.read_through:
        return
    parts: list[IntakePart] = []
    try:
        with transaction.atomic():
            through, left_out = _slice(intake, parts)
            known = Intake.objects.filter(pk=pk, status__in=[IntakeStatus.CHECKING, IntakeStatus.PAUSED])
            if not known.update(
                read_rows=intake.read_rows + sum(part.rows for part in parts),
                read_slices=intake.read_slices + 1,
                read_through=through,
                summary={"left_out": left_out} if through else {},
            ):
                transaction.set_rollback(True)  # it was given up meanwhile
                _forget(parts)
                return
            IntakePart.objects.bulk_create(parts)
    except InvalidFile as error:
        _forget(parts)
        with translation.override(intake.uploaded_by.language):
            _fail(intake, error.message)
        return
    except BaseException:
        _forget(parts)
        raise
    if not through:
        work_enqueue(READ, pk)
    lanes_wake(intake)


def _slice(intake: Intake, parts: list[IntakePart]) -> tuple[bool, int]:
    """Cut parts until the slice's time is over; whether the file has come to its end, and how much of what was read,
    from its beginning on, is no identifier."""
    key = intake.submission.data_key
    dialect = Dialect.from_json(intake.dialect)
    number = intake.parts.count()
    with blob_open(intake.blob, data_key=key, context=intake.context) as stream:
        table = table_open(stream, dialect)
        rows = table.rows(intake.read_rows)
        if dialect.kind == "xlsx" and not intake.read_rows:
            _elsewhere_without_cards(stream, dialect)
        if dialect.kind != "csv" or dialect.encoding.startswith("UTF-16"):
            rows = _without_cards(rows, numbers=dialect.kind == "xlsx")
        first = next(rows, None)  # found behind everything that was read before: the time begins now
        until = time.monotonic() + min(SLICE_SECONDS * 2**intake.read_slices, SLICE_SECONDS_MAX)
        exact = dialect.kind != "csv"
        while first is not None:
            with collector_held():
                count, content = _content(chain((first,), rows), exact=exact)
            part = IntakePart(intake=intake, number=number, rows=count)
            part.blob = blob_write([content], data_key=key, context=part.context).name
            parts.append(part)
            number += 1
            first = next(rows, None)
            if first is not None and time.monotonic() > until:
                return False, table.left_out
        return True, table.left_out


def _content(rows: Iterator[RawRow], *, exact: bool) -> tuple[int, bytes]:
    """The next part, as JSON: how many rows it has, and the rows. `exact`: some cells may be numbers in the file."""
    count = characters = 0
    blocks = []
    while count < settings.INTAKE_PART_ROWS and characters < PART_CHARACTERS:
        block: list[object] = list(islice(rows, min(BLOCK_ROWS, settings.INTAKE_PART_ROWS - count)))
        if not block:
            break
        count += len(block)
        if exact:
            block = [_plain(row) for row in block if isinstance(row, RawRow)]
        blocks.append(json.dumps(block, ensure_ascii=False, separators=(",", ":"))[1:-1])
        characters += len(blocks[-1])
    return count, f"[{','.join(blocks)}]".encode("utf-8", "surrogatepass")


def _plain(row: RawRow) -> list[object]:
    """A row for JSON, with the places of cells that were numbers in the file."""
    exact = [place for place, cell in enumerate(row.cells) if type(cell) is Exact]
    return [row.number, row.cells, exact] if exact else [row.number, row.cells]


def part_rows(content: bytes) -> list[RawRow]:
    """The rows of a part, as they were read."""
    rows = json.loads(content.decode("utf-8", "surrogatepass"))
    for row in rows:
        if len(row) > 2:
            cells = row[1]
            for place in row.pop():
                cells[place] = Exact(cells[place])
    return list(map(RawRow._make, rows))


def _without_cards(rows: Iterator[RawRow], *, numbers: bool) -> Iterator[RawRow]:
    """The rows, as long as they hold no full card number: where the door could not cut it, or may have been deceived.

    `numbers` are looked at as well; those of JSON stood at the door as what they are.
    """
    for row in rows:
        if any((numbers or type(cell) is not Exact) and has_card_number(cell) for cell in row.cells):
            raise InvalidFile(
                _(
                    "Row %(row)s holds a full card number, which the portal never keeps. Shorten card numbers to their "
                    "first six and last four digits, or save the table as CSV: there the portal does it for you."
                ),
                rule="card_number",
                row=row.number,
            )
        yield row


def _elsewhere_without_cards(stream: BinaryIO, dialect: Dialect) -> None:
    """Look at what is kept of a workbook and is no row: its sheets that were not chosen, and the names of columns."""
    names = table_open(stream, dialect).columns if dialect.header else []
    list(_without_cards(iter([RawRow(1, names)]), numbers=True))
    with the_door():
        for row in Workbook(stream).rows_elsewhere(dialect.sheet):
            if any(map(has_card_number, row.cells)):
                raise InvalidFile(
                    _(
                        "Row %(row)s of another sheet, perhaps a hidden one, holds a full card number, which the "
                        "portal never keeps. Shorten it to its first six and last four digits, or save the sheet "
                        "that you need as CSV."
                    ),
                    rule="card_number",
                    row=row.number,
                )


def _forget(parts: list[IntakePart]) -> None:
    for part in parts:
        blob_delete(part.blob)


def _fail(intake: Intake, sentence: str) -> None:
    """The file cannot be read: nothing of it is kept."""
    current = Intake.objects.select_for_update().get(pk=intake.pk)
    if current.status in (IntakeStatus.CHECKING, IntakeStatus.PAUSED):
        INTAKE.move(current, "fail", actor=None, changes={"problem": sentence})
        again_forget(current)
        work_enqueue(ERASE, intake.pk)
