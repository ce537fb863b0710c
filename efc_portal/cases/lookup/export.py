"""The result of a look-up as CSV: RFC 4180 in UTF-8 with a byte order mark, no cell a formula."""

from __future__ import annotations

import csv
import io

from efc_portal.cases.lookup.kept import Result, Row
from efc_portal.core.spreadsheets import cell

COLUMNS = (
    "lines",
    "state",
    "type",
    "value",
    "submissions",
    "first_seen",
    "last_seen",
    "roles",
    "references",
    "cases",
    "remark",
)


def result_csv(result: Result) -> bytes:
    """A line for each value and each wrong line, by stable names; a submission count above the most says `>100`."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    lines = [_line(row) for row in result.rows]
    lines += [(str(one.line), "invalid", "", one.text, "", "", "", "", "", "", one.why) for one in result.wrong]
    for line in lines:
        writer.writerow([cell(value) for value in line])
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8", "replace")


def _line(row: Row) -> tuple[str, ...]:
    lines = " ".join(map(str, row.lines))
    if row.lifetime is None:
        return (lines, "unknown", row.value.type, row.value.display, "", "", "", "", "", "", row.note)
    return (
        lines,
        "known",
        row.value.type,
        row.value.display,
        str(row.submissions) if row.is_counted else f">{row.submissions}",
        row.lifetime.first_seen.isoformat(),
        row.lifetime.last_seen.isoformat(),
        " ".join(row.roles),
        " ".join(link.reference for link in row.named),
        " ".join(link.reference for link in row.cases),
        row.note,
    )
