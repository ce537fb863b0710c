"""What goes back to the reporter: the list of errors, and a file of the failed rows alone, to mend and send again.

Both are CSV (RFC 4180, CRLF) in UTF-8 with a byte order mark, so that Excel reads accents. A cell that a spreadsheet
would run as a formula gets an apostrophe before it, which reading takes away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from efc_portal.core.pan import truncate_pans
from efc_portal.core.spreadsheets import cell

_BATCH = 500  # rows a piece
# The columns that are added to rows to mend: reading ignores the first, and knows a row again by the second.
WRONG = gettext_lazy("What is wrong")
AGAIN = gettext_lazy("Row that this mends")


class ErrorLine(NamedTuple):
    """One wrong cell, as it is told. `column` is its name in the file."""

    number: int
    column: str
    masked: str
    rule: str
    hint: str


class BrokenLine(NamedTuple):
    """One failed row: its cells, what is wrong with them, and by what it is known again."""

    cells: Sequence[str]
    hints: Sequence[str]
    code: str


def errors_csv(lines: Iterable[ErrorLine]) -> Iterator[bytes]:
    """The list of errors, a wrong cell on each line, piece by piece."""
    head = (_("Row"), _("Column"), _("Value, masked"), _("Rule"), _("What to do"))
    return _csv(head, ((str(one.number), one.column, one.masked, one.rule, one.hint) for one in lines))


def mend_csv(names: Sequence[str], rows: Iterable[BrokenLine]) -> Iterator[bytes]:
    """The failed rows with the columns of their file, and two more: what is wrong, and which row it is."""
    width = len(names)

    def line(row: BrokenLine) -> list[str]:
        cells = [truncate_pans(one)[0] for one in row.cells]
        # What stands beyond the named columns moved there by mistake: it stays behind the reasons.
        return [*cells[:width], *[""] * (width - len(cells)), " ".join(row.hints), row.code, *cells[width:]]

    return _csv([*names, str(WRONG), str(AGAIN)], map(line, rows))


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(list(map(cell, head)))
    yield b"\xef\xbb\xbf"
    for count, row in enumerate(rows, 1):
        writer.writerow(list(map(cell, row)))
        if count % _BATCH == 0:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    data = out.getvalue().encode("utf-8", "replace")
    out.seek(0)
    out.truncate()
    return data
