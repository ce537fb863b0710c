"""An organisation's own ledger as CSV: RFC 4180 in UTF-8 with a byte order mark, no cell a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime

from efc_portal.core.spreadsheets import cell
from efc_portal.partners.models import Contribution

COLUMNS = (
    "kind",
    "from",
    "to",
    "quantity",
    "unit_in_words",
    "description",
    "valuation",
    "currency",
    "recorded",
    "recorded_by",
    "withdrawn",
    "reason",
)


def contributions_csv(contributions: Iterable[Contribution]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for one in contributions:
        line = (
            one.kind,
            one.period_from.isoformat(),
            one.period_to.isoformat(),
            f"{one.quantity.normalize():f}",
            one.quantity_text,
            one.description,
            f"{one.amount.normalize():f}" if one.amount is not None else "",
            one.currency,
            _time(one.recorded_at),
            str(one.recorded_by or ""),
            _time(one.withdrawn_at),
            one.withdrawn_reason,
        )
        writer.writerow([cell(value) for value in line])
    return b"\xef\xbb\xbf" + file.getvalue().encode("utf-8", "replace")


def _time(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else ""
