"""Checking a part of a file: its rows become sightings of the draft, or rows to mend, in one transaction.

The same transaction says that the part is done. What is killed before its commit left nothing, and is done again; what
is killed after it is done.
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from efc_portal.core.blobs import blob_delete, blob_read
from efc_portal.indicators.declaration import Recognised
from efc_portal.indicators.match_keys import Keys, keys_of
from efc_portal.indicators.selectors import known_by_keys
from efc_portal.indicators.services import identifiers_resolve_ids
from efc_portal.intake.enums import IntakeStatus
from efc_portal.intake.models import BrokenRow, Intake, IntakeLane, IntakePart
from efc_portal.intake.reading import RawRow
from efc_portal.intake.rows import Checked, Columns, Formats, Row, RowError, rows_check
from efc_portal.intake.services.collecting import collector_held
from efc_portal.intake.services.mending import rows_again
from efc_portal.intake.services.reading import part_rows
from efc_portal.intake.services.steps import CLOSE, WRITE
from efc_portal.intake.services.totals import draft_hold, draft_recount, rows_summary, summaries_add
from efc_portal.intake.transitions import INTAKE
from efc_portal.submissions.documents import without_pans
from efc_portal.submissions.enums import SightingSource
from efc_portal.workflow.services import work_enqueue

NULL = "\\N"  # in the text form of COPY
BROKEN_MAX = 100_000  # rows of a file that can be mended here; more are counted
_COPY = (
    "COPY submissions_sighting (submission_id, identifier_id, position, role, source, country, amount, currency, "
    "seen_on, method) FROM STDIN"
)


def intake_write(*, lane: UUID) -> None:
    """Check and write the next part that nobody has taken up; then the one after it, until none is left."""
    found = IntakeLane.objects.filter(pk=lane)
    one = found.select_related("intake__submission__data_key", "intake__uploaded_by").first()
    if one is None or one.intake.status != IntakeStatus.CHECKING:
        return
    waiting = IntakePart.objects.filter(intake=one.intake, done_at=None).order_by("number")
    part = waiting.select_for_update(skip_locked=True).first()
    if part is None:
        if one.intake.read_through:
            work_enqueue(CLOSE, one.intake_id)
        return
    with transaction.atomic(), translation.override(one.intake.uploaded_by.language):
        with collector_held():
            _part_write(one.intake, part)
        # Whoever gives the file up waits for this transaction from here on, and then erases what it wrote.
        if _status_held(one.intake_id) in (IntakeStatus.CANCELLED, IntakeStatus.FAILED):
            transaction.set_rollback(True)
            return
    transaction.on_commit(partial(blob_delete, part.blob))
    work_enqueue(WRITE, lane)


def _status_held(pk: UUID) -> str:
    """A file's state, which nobody changes before this transaction ends; other lanes may look as well."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM intake_intake WHERE id = %s FOR SHARE", [pk])
        status: str = cursor.fetchone()[0]
    return status


def _part_write(intake: Intake, part: IntakePart) -> None:
    submission = intake.submission
    content = b"".join(blob_read(part.blob, data_key=submission.data_key, context=part.context))
    raw, columns = part_rows(content), Columns.from_json(intake.columns)
    checked = rows_check(raw, columns, Formats.from_json(intake.formats), region=submission.provider_country)
    count = len(checked.rows)
    keys = keys_of(row.recognised for row in checked.rows)
    informed = _known_apply(checked, raw, keys)
    if checked.rows:
        if len(checked.rows) < count:  # some were refused: nothing is stored of them
            used = {row.recognised for row in checked.rows}
            keys = {one: key for one, key in keys.items() if one in used}
        ids = identifiers_resolve_ids(keys)
        _sightings_copy(intake, part, raw, checked.rows, ids)
    broken, kept = _broken_keep(intake, checked)
    if columns.again is not None:
        rows_again(intake, raw, columns.again, {row.number for row in checked.rows})
    rules = Counter(error.rule for error in checked.errors)
    IntakePart.objects.filter(pk=part.pk).update(
        done_at=timezone.now(),
        blob="",
        good=len(checked.rows),
        broken=broken,
        kept=kept,
        summary={**rows_summary(checked.rows), "rules": dict(rules), "informed": informed},
    )


def _known_apply(checked: Checked, raw: Sequence[RawRow], keys: Mapping[Recognised, Keys]) -> dict[str, int]:
    """Take out the rows whose value a list of known-good values refuses; how many rows it informs of, by reason."""
    known = known_by_keys(keys)
    if not known:
        return {}
    informed: Counter[str] = Counter()
    cells = {row.number: row.cells for row in raw}
    rows = []
    for row in checked.rows:
        effect = known.get(row.recognised)
        if effect is not None and effect.refuses:
            sentence = _("This value is on a list of known-good values: %(reason)s") % {"reason": effect.reason}
            checked.broken[row.number] = without_pans(cells[row.number])[0]
            checked.errors.append(RowError(row.number, "value", row.recognised.masked, "known", sentence))
            continue
        if effect is not None:
            informed[effect.reason] += 1
        rows.append(row)
    checked.rows = rows
    return dict(informed)


def _sightings_copy(
    intake: Intake, part: IntakePart, raw: Sequence[RawRow], rows: Sequence[Row], ids: Mapping[Recognised, int]
) -> None:
    first = intake.first_position + rows_before(part)
    places = {row.number: first + place for place, row in enumerate(raw)}
    submission, source = str(intake.submission_id), SightingSource.FILE.value
    lines = io.StringIO(
        "".join(
            [
                f"{submission}\t{ids[row.recognised]}\t{places[row.number]}\t{row.role}\t{source}\t{row.country}\t"
                f"{row.amount if row.amount is not None else NULL}\t{row.currency if row.amount is not None else ''}\t"
                f"{row.seen_on or NULL}\t{row.method}\n"
                for row in rows
            ]
        )
    )
    with connection.cursor() as cursor:
        cursor.copy_expert(_COPY, lines, 1 << 20)


def rows_before(part: IntakePart) -> int:
    """How many rows of the file come before a part."""
    before = IntakePart.objects.filter(intake=part.intake_id, number__lt=part.number)
    return before.aggregate(rows=Sum("rows"))["rows"] or 0


def _broken_keep(intake: Intake, checked: Checked) -> tuple[int, int]:
    """Keep broken rows with what is wrong, as long as there is room; how many there are, and how many were kept."""
    wrong: dict[int, list[dict[str, str]]] = defaultdict(list)
    for one in checked.errors:
        wrong[one.number].append(
            {"column": one.column, "masked": one.masked, "rule": one.rule, "sentence": str(one.sentence)}
        )
    if not wrong:
        return 0, 0
    stored = IntakePart.objects.filter(intake=intake).aggregate(kept=Sum("kept"))["kept"] or 0
    numbers = sorted(wrong)[: max(BROKEN_MAX - stored, 0)]
    key = intake.submission.data_key
    documents = ((number, {"cells": checked.broken.get(number, []), "errors": wrong[number]}) for number in numbers)
    BrokenRow.objects.bulk_create(
        (
            BrokenRow(
                intake=intake,
                number=number,
                content=key.seal_json(document, BrokenRow.context_of(intake.pk, number)),
            )
            for number, document in documents
        ),
        batch_size=2000,
    )
    return len(wrong), len(numbers)


# Rows whose value stands in an earlier submission of the same organisation.
_OWN = """
SELECT count(*) FROM submissions_sighting mine
WHERE mine.submission_id = %(draft)s AND mine.position BETWEEN %(first)s AND %(last)s AND EXISTS (
    SELECT FROM submissions_sighting other JOIN submissions_submission s ON s.id = other.submission_id
    WHERE other.identifier_id = mine.identifier_id AND s.organisation_id = %(organisation)s
      AND s.finished_at IS NOT NULL AND s.id <> %(draft)s)
"""
_DISTINCT = """
SELECT count(DISTINCT identifier_id) FROM submissions_sighting
WHERE submission_id = %(draft)s AND position BETWEEN %(first)s AND %(last)s
"""


def intake_close(*, pk: UUID) -> None:
    """Sum up a file of which every part is written; its reporter reads that next."""
    intake = Intake.objects.select_related("submission__organisation").get(pk=pk)
    draft_hold(intake.submission_id)
    if intake.status != IntakeStatus.CHECKING or not intake.read_through or intake.parts.filter(done_at=None).exists():
        return
    parts = list(intake.parts.values("good", "broken", "kept", "summary"))
    good = sum(part["good"] for part in parts)
    draft = intake.submission
    with connection.cursor() as cursor:
        place: dict[str, UUID | int] = {
            "draft": draft.pk,
            "organisation": draft.organisation_id,
            "first": intake.first_position,
            "last": intake.last_position,
        }
        cursor.execute(_DISTINCT, place)
        values = cursor.fetchone()[0]
        own = 0
        if draft.organisation.submissions.exclude(finished_at=None).exists():
            cursor.execute(_OWN, place)
            own = cursor.fetchone()[0]
    summary = {
        **summaries_add(part["summary"] for part in parts),
        "good": good,
        "broken": sum(part["broken"] for part in parts),
        "kept": sum(part["kept"] for part in parts),
        "repeated": good - values,
        "own": own,
        "left_out": intake.summary.get("left_out", 0),
    }
    INTAKE.move(intake, "checked", actor=None, changes={"summary": summary}, count=good)
    draft_recount(draft.pk)
