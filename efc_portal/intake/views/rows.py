"""Broken rows as files: what is wrong with them, and the rows themselves to be mended."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_GET

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.permissions import Permission
from efc_portal.intake.presentation import told
from efc_portal.intake.reading import Dialect
from efc_portal.intake.reading.report import BrokenLine, ErrorLine, errors_csv, mend_csv
from efc_portal.intake.selectors import get_intake_for
from efc_portal.intake.services.files import columns_of, own_names
from efc_portal.partners.decorators import require

AT_ONCE = 500


@require_GET
@require(Permission.SUBMISSION_CREATE)
def report(request: PersonRequest, pk: UUID) -> StreamingHttpResponse:
    """A line for each error: row, column, the value masked, the rule, and how to mend it."""
    intake = get_intake_for(request.user, pk)
    lines = (
        ErrorLine(row["number"], str(error["label"]), error["masked"], error["rule"], error["sentence"])
        for row in told(intake, intake.broken_rows.iterator(AT_ONCE))
        for error in row["errors"]
    )
    audit_record(
        action="intake.report",
        category=Category.CONSULTATION,
        actor=request.user,
        obj=intake,
        count=intake.summary.get("kept", 0),
    )
    return _file(errors_csv(lines), f"errors-{intake.pk}.csv")


@require_GET
@require(Permission.SUBMISSION_CREATE)
def mend(request: PersonRequest, pk: UUID) -> StreamingHttpResponse:
    """The broken rows as they stood in the file, under the same names, each with what is wrong."""
    intake = get_intake_for(request.user, pk)
    names = own_names(columns_of(intake, Dialect.from_json(intake.dialect))) if intake.blob else []
    opened = (row.opened(intake) for row in intake.broken_rows.iterator(AT_ONCE))
    rows = (BrokenLine(one["cells"], [error["sentence"] for error in one["errors"]]) for one in opened)
    audit_record(
        action="intake.take_broken",
        category=Category.CONSULTATION,
        actor=request.user,
        obj=intake,
        count=intake.summary.get("kept", 0),
    )
    return _file(mend_csv(names, rows), f"rows-to-mend-{intake.pk}.csv")


def _file(parts: Iterator[bytes], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
