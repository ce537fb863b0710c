"""Part of the record as CSV, for a spreadsheet or a script: RFC 4180 in UTF-8 with a byte order mark.

Times are ISO 8601 in UTC, actions and kinds by their stable names. A cell that a spreadsheet would run as a formula
gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC

from django.db.models import QuerySet
from django.utils import translation

from efc_portal.audit.models import AuditEvent
from efc_portal.audit.selectors import in_slices
from efc_portal.core.spreadsheets import cell
from efc_portal.partners.record.presentation import blocks_of, rows_of

COLUMNS = (
    "event",
    "time",
    "person",
    "email",
    "organisation",
    "kind",
    "action",
    "action_in_words",
    "object_type",
    "object",
    "object_id",
    "justification",
    "recipient",
    "payload",
    "block",
)


class _Line:
    """A file for `csv.writer` that hands each line back instead of keeping it."""

    def write(self, line: str) -> bytes:
        return line.encode("utf-8", "replace")


def record_csv(events: QuerySet[AuditEvent], *, language: str) -> Iterator[bytes]:
    """The lines, read from the database a thousand events at a time."""
    writer = csv.writer(_Line(), lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    yield b"\xef\xbb\xbf" + _written(writer.writerow(COLUMNS))
    for part in in_slices(events):
        with translation.override(language):
            lines = _lines(part)
        yield b"".join(_written(writer.writerow([cell(value) for value in line])) for line in lines)


def _written(line: object) -> bytes:
    assert isinstance(line, bytes)  # what `_Line.write` gave back
    return line


def _lines(events: list[AuditEvent]) -> list[tuple[str, ...]]:
    blocks = blocks_of(events)
    return [
        (
            str(row.event.pk),
            row.event.at.astimezone(UTC).isoformat(timespec="microseconds"),
            row.person,
            row.event.actor_label,
            row.organisation,
            row.event.category,
            row.event.action,
            row.action,
            row.event.object_type,
            row.object_name,
            row.event.object_id,
            row.event.justification,
            row.event.recipient,
            json.dumps(row.event.payload, ensure_ascii=False, sort_keys=True) if row.event.payload else "",
            str(blocks.get(row.event.pk, "")),
        )
        for row in rows_of(events)
    ]
