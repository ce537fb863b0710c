"""Broken rows as files: what is wrong with them, and the rows themselves to be mended."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.permissions import Permission
from efc_portal.core.spreadsheets import cell
from efc_portal.intake.models import Intake
from efc_portal.intake.presentation import told
from efc_portal.intake.reading import Dialect
from efc_portal.intake.selectors import get_intake_for
from efc_portal.intake.services.files import ADDED, columns_of
from efc_portal.partners.decorators import require

AT_ONCE = 500


@require_GET
@require(Permission.SUBMISSION_CREATE)
def report(request: PersonRequest, pk: UUID) -> StreamingHttpResponse:
    """A line for each error: row, column, the value masked, the rule, and how to mend it."""
    intake = get_intake_for(request.user, pk)
    head = [_("Row"), _("Column"), _("What stands there"), _("Rule"), _("What is wrong, and how to mend it")]
    lines = (
        [str(row["number"]), str(error["label"]), error["masked"], error["rule"], error["sentence"]]
        for row in told(intake, intake.broken_rows.iterator(AT_ONCE))
        for error in row["errors"]
    )
    _record(request, intake, "intake.report")
    return _csv([head], lines, name=f"errors-{intake.pk}.csv")


@require_GET
@require(Permission.SUBMISSION_CREATE)
def mend(request: PersonRequest, pk: UUID) -> StreamingHttpResponse:
    """The broken rows as they stood in the file, under the same names, each with its number and what is wrong."""
    intake = get_intake_for(request.user, pk)
    names = [name for name in columns_of(intake, Dialect.from_json(intake.dialect)) if name not in ADDED]
    _record(request, intake, "intake.take_broken")
    return _csv([[*names, *ADDED]], _broken(intake, len(names)), name=f"rows-to-mend-{intake.pk}.csv")


def _broken(intake: Intake, width: int) -> Iterator[list[str]]:
    for row in intake.broken_rows.iterator(AT_ONCE):
        document = row.opened(intake)
        cells = [*document["cells"][:width], *[""] * (width - len(document["cells"]))]
        yield [*cells, str(row.number), " ".join(error["sentence"] for error in document["errors"])]


def _record(request: PersonRequest, intake: Intake, action: str) -> None:
    audit_record(
        action=action,
        category=Category.CONSULTATION,
        actor=request.user,
        obj=intake,
        count=intake.summary.get("kept", 0),
    )


def _csv(head: Iterable[list[str]], lines: Iterable[list[str]], *, name: str) -> StreamingHttpResponse:
    """RFC 4180, UTF-8 with a byte order mark, and no cell that a spreadsheet would run."""
    response = StreamingHttpResponse(_bytes(head, lines), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _bytes(head: Iterable[list[str]], lines: Iterable[list[str]]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    for some in (head, lines):
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
        for line in some:
            writer.writerow([cell(value) for value in line])
            if text.tell() > 64 * 1024:
                yield text.getvalue().encode("utf-8", "replace")
                text.seek(0)
                text.truncate()
        yield text.getvalue().encode("utf-8", "replace")
