"""What was found in rows, in numbers that can be added: of a part, of a file, of a draft.

    {"types": {type: rows}, "sums": {currency: [rows, total]}, "countries": {code: rows}, "first": day, "last": day,
     "rules": {rule: errors}, "informed": {reason: rows}}

Totals are strings, days ISO 8601; nothing in it is a value of a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from efc_portal.intake.enums import IntakeStatus
from efc_portal.intake.models import Intake
from efc_portal.intake.rows import Row
from efc_portal.intake.services.mending import mended_recount
from efc_portal.submissions.models import Submission

Summary = dict[str, Any]
_COUNTED = ("types", "countries", "rules", "informed")


def rows_summary(rows: Iterable[Row]) -> Summary:
    """Of good rows."""
    types: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    numbers: Counter[str] = Counter()
    totals: dict[str, Decimal] = {}
    days = set()
    for row in rows:
        types[row.recognised.type] += 1
        if row.country:
            countries[row.country] += 1
        if row.amount is not None:
            numbers[row.currency] += 1
            totals[row.currency] = totals.get(row.currency, Decimal(0)) + row.amount
        if row.seen_on:
            days.add(row.seen_on)
    return {
        "types": dict(types),
        "countries": dict(countries),
        "sums": {code: [numbers[code], f"{total:f}"] for code, total in totals.items()},
        "first": min(days).isoformat() if days else "",
        "last": max(days).isoformat() if days else "",
    }


def summaries_add(summaries: Iterable[Summary]) -> Summary:
    """The sum of several."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in _COUNTED}
    sums: dict[str, tuple[int, Decimal]] = {}
    days: list[str] = []
    for one in summaries:
        for name in _COUNTED:
            counts[name].update(one.get(name, {}))
        for code, (number, total) in one.get("sums", {}).items():
            before = sums.get(code, (0, Decimal(0)))
            sums[code] = before[0] + number, before[1] + Decimal(total)
        days += [day for day in (one.get("first"), one.get("last")) if day]
    return {
        **{name: dict(found) for name, found in counts.items()},
        "sums": {code: [number, f"{total:f}"] for code, (number, total) in sums.items()},
        "first": min(days, default=""),
        "last": max(days, default=""),
    }


def draft_hold(submission_id: UUID) -> bool:
    """Lock a draft before its files: everybody takes them in this order. Sightings may still be written.

    Whether it still is one: somebody may have given it up.
    """
    held = Submission.objects.select_for_update(no_key=True).filter(pk=submission_id, discarded_at=None)
    return held.values_list("pk").first() is not None


def draft_recount(submission_id: UUID) -> None:
    """Write on the draft what its checked files hold, for whatever shows it; on them, what was mended of each."""
    mended_recount(submission_id)
    checked = Intake.objects.filter(submission=submission_id, status=IntakeStatus.CHECKED)
    summaries = list(checked.values_list("summary", flat=True))
    whole = summaries_add(summaries)
    Submission.objects.filter(pk=submission_id).update(
        file_rows=sum(one["good"] for one in summaries),
        file_summary={name: whole[name] for name in ("types", "sums", "countries")} if summaries else {},
    )
