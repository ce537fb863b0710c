"""Rows that were given back to be mended, and came again in a later file of the same draft.

Each row of that file says which row it is: a code in the last column, which the portal added. By it a row that was
mended counts no more as one that was not taken, and one that is still wrong counts once, in the file it came in last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from efc_portal.intake.enums import IntakeStatus
from efc_portal.intake.models import BrokenRow, Intake
from efc_portal.intake.reading import RawRow

_SIGN = 6  # characters of a file's id that tell it from the other files of its draft
_CODE = re.compile(rf"F[0-9]{{1,4}}-R([0-9]{{1,9}})-([0-9a-f]{{{_SIGN}}})", re.IGNORECASE)
# In the order of the rows, so that two parts which name the same ones wait for each other.
_COME_AGAIN = f"""
WITH came AS (
    SELECT b.id, new.taken FROM unnest(%(files)s::text[], %(rows)s::int[], %(taken)s::bool[]) AS new (file, row, taken)
    JOIN intake_intake i ON i.submission_id = %(draft)s AND left(i.id::text, {_SIGN}) = new.file AND i.id <> %(again)s
    JOIN intake_brokenrow b ON b.intake_id = i.id AND b.number = new.row AND b.again_in_id IS NULL
    ORDER BY b.id FOR UPDATE OF b
)
UPDATE intake_brokenrow b SET again_in_id = %(again)s, mended = came.taken FROM came WHERE b.id = came.id
"""  # noqa: S608  (put together of constants)


def row_code(intake: Intake, number: int) -> str:
    """What a row is called in a file of rows to mend: file and row as people count them, and a sign of the file.

    The sign is what counts, so that rows added to another draft by mistake mend none of its own. No spreadsheet takes
    it all for a number or a day.
    """
    return f"F{intake.number + 1}-R{number}-{intake.pk.hex[:_SIGN]}"


def rows_again(intake: Intake, raw: Sequence[RawRow], place: int, taken: set[int]) -> None:
    """Note which rows of earlier files came again in these, in the running transaction.

    `place` is the column of the codes, `taken` are the numbers of the good rows.
    """
    came: dict[tuple[str, int], bool] = {}
    for row in raw:
        found = _CODE.fullmatch(row.cells[place].strip()) if len(row.cells) > place else None
        if found:
            code = found[2].lower(), int(found[1])
            came[code] = came.get(code, True) and row.number in taken
    if not came:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _COME_AGAIN,
            {
                "files": [file for file, _row in came],
                "rows": [row for _file, row in came],
                "taken": list(came.values()),
                "draft": intake.submission_id,
                "again": intake.pk,
            },
        )


def again_forget(intake: Intake) -> None:
    """A file was given up: the rows that it brought again are to be mended as before."""
    BrokenRow.objects.filter(again_in=intake).update(again_in=None, mended=False)


def mended_recount(submission_id: UUID) -> None:
    """Write on the checked files of a draft how many of their broken rows were mended since, and came again in vain."""
    files = Intake.objects.filter(submission=submission_id, status=IntakeStatus.CHECKED)
    again = Q(broken_rows__again_in__status=IntakeStatus.CHECKED)
    counted = files.annotate(
        mended=Count("broken_rows", filter=again & Q(broken_rows__mended=True)),
        again=Count("broken_rows", filter=again & Q(broken_rows__mended=False)),
    )
    for one in counted:
        numbers = {"mended": one.mended, "again": one.again}
        if numbers != {name: one.summary.get(name, 0) for name in numbers}:
            Intake.objects.filter(pk=one.pk).update(summary={**one.summary, **numbers})
