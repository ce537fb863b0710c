"""What was found in a file, as its pages and its error report say it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from efc_portal.core.countries import country_name
from efc_portal.core.money import money_text
from efc_portal.indicators.types import type_of
from efc_portal.intake.models import BrokenRow, Intake
from efc_portal.intake.rows import COLUMNS
from efc_portal.intake.selectors import rows_left

PER_PAGE = 25
LABELS = {"": gettext_lazy("The row"), **{one.key: one.label for one in COLUMNS}}
BROKEN_COLUMNS = [
    {"label": gettext_lazy("Row"), "num": True},
    {"label": gettext_lazy("Column")},
    {"label": gettext_lazy("What stands there")},
    {"label": gettext_lazy("What is wrong, and how to mend it")},
]


def summary_of(intake: Intake) -> dict[str, Any]:
    """The summary in words and tables."""
    summary = intake.summary
    by_type = sorted(summary["types"].items(), key=lambda pair: (-pair[1], pair[0]))
    countries = sorted(summary["countries"].items(), key=lambda pair: (-pair[1], pair[0]))
    came = summary.get("mended", 0) + summary.get("again", 0)
    return {
        "read": summary["good"] + summary["broken"],
        "good": summary["good"],
        "mended": summary.get("mended", 0),
        "again": summary.get("again", 0),
        "left": summary["broken"] - came,
        "listed": summary["kept"] - came,
        "types": [(type_of(code).label, number) for code, number in by_type],
        "sums": [
            (code, money_text(Decimal(total), code), number)
            for code, (number, total) in sorted(summary["sums"].items())
        ],
        "facts": _facts(summary, countries),
        "informed": sorted(summary["informed"].items(), key=lambda pair: -pair[1]),
    }


def fields_shown(rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """First rows of a format whose fields are known: names and cells of the fields that some of them have, in words."""
    used = [place for place, one in enumerate(COLUMNS) if one.key == "value" or any(row[place] for row in rows)]
    names = [str(COLUMNS[place].label) for place in used]
    return names, [[_in_words(COLUMNS[place].key, row[place]) for place in used] for row in rows]


def _in_words(key: str, cell: str) -> str:
    return str(type_of(cell).label) if key == "type" and cell else cell


def _facts(summary: dict[str, Any], countries: list[tuple[str, int]]) -> list[dict[str, Any]]:
    days = [date_format(date.fromisoformat(day)) for day in (summary["first"], summary["last"]) if day]
    pairs = [
        (_("Period"), " – ".join(dict.fromkeys(days))),
        (_("Countries"), ", ".join(f"{country_name(code)} ({_whole(number)})" for code, number in countries[:12])),
        (_("Repeated in the file"), _whole(summary["repeated"])),
        (_("Sent before by you"), _whole(summary["own"])),
        (_("Left out, as no identifier"), _whole(left_out) if (left_out := summary.get("left_out", 0)) else ""),
    ]
    return [{"label": label, "value": value} for label, value in pairs if value]


def _whole(number: int) -> str:
    return number_format(number, use_l10n=True, force_grouping=True)


def broken_page(intake: Intake, number: str | None) -> dict[str, Any]:
    """A page of the rows that are left to mend."""
    page = Paginator(rows_left(intake), PER_PAGE).get_page(number)
    return {"page": page, "columns": BROKEN_COLUMNS, "rows": list(told(intake, page.object_list))}


def told(intake: Intake, rows: Iterable[BrokenRow]) -> Iterable[dict[str, Any]]:
    """Broken rows with what is wrong in words; the value itself stands there masked."""
    for row in rows:
        errors = row.opened(intake)["errors"]
        yield {
            "number": row.number,
            "errors": [{**one, "label": LABELS.get(one["column"], one["column"])} for one in errors],
        }
