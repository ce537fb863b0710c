"""What became of each letter, for a spreadsheet: RFC 4180 in UTF-8 with a byte order mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC

from django.db.models import QuerySet

from efc_portal.core.spreadsheets import cell
from efc_portal.partners.models import MailingRecipient

COLUMNS = ("organisation", "name", "email", "status", "code", "since")
CHUNK = 500


def results_csv(recipients: QuerySet[MailingRecipient]) -> Iterator[bytes]:
    """The lines, some hundred at a time. States by their stable names, times as ISO 8601 in UTC."""
    yield b"\xef\xbb\xbf" + _line(COLUMNS)
    for one in recipients.iterator(chunk_size=CHUNK):
        since = one.settled_at.astimezone(UTC).isoformat(timespec="seconds") if one.settled_at else ""
        yield _line((one.organisation.name, one.user.name, one.address, one.status, one.code, since))


def _line(values: tuple[str, ...]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow([cell(value) for value in values])
    return written.getvalue().encode("utf-8", "replace")
