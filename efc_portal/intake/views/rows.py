"""Broken rows as files, until they are sent: what is wrong with them, and the rows themselves to be mended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.permissions import Permission
from efc_portal.intake.enums import IntakeStatus
from efc_portal.intake.models import Intake
from efc_portal.intake.presentation import told
from efc_portal.intake.reading import Dialect
from efc_portal.intake.reading.report import BrokenLine, ErrorLine, errors_csv, mend_csv
from efc_portal.intake.selectors import rows_left
from efc_portal.intake.services.files import columns_of, own_names
from efc_portal.intake.services.mending import row_code
from efc_portal.intake.views.opening import of_intake, sent
from efc_portal.partners.decorators import require

AT_ONCE = 500


@require_GET
@require(Permission.SUBMISSION_CREATE)
@of_intake
def report(request: PersonRequest, intake: Intake) -> HttpResponseBase:
    """A line for each error: row, column, the value masked, the rule, and how to mend it."""
    if intake.status != IntakeStatus.CHECKED:
        return _not_now(request, intake)
    lines = (
        ErrorLine(row["number"], str(error["label"]), error["masked"], error["rule"], error["sentence"])
        for row in told(intake, rows_left(intake).iterator(AT_ONCE))
        for error in row["errors"]
    )
    _record("intake.report", request, intake)
    return _file(errors_csv(lines), f"errors-{intake.pk}.csv")


@require_GET
@require(Permission.SUBMISSION_CREATE)
@of_intake
def mend(request: PersonRequest, intake: Intake) -> HttpResponseBase:
    """The broken rows as they stood in the file, under the same names, each with what is wrong and which it is."""
    if intake.status != IntakeStatus.CHECKED:
        return _not_now(request, intake)
    names = columns_of(intake, Dialect.from_json(intake.dialect))
    own = own_names(names)
    lines = (_line(intake, row.number, row.opened(intake), own, names) for row in rows_left(intake).iterator(AT_ONCE))
    _record("intake.take_broken", request, intake)
    return _file(mend_csv(own, lines), f"rows-to-mend-{intake.pk}.csv")


def _line(intake: Intake, number: int, row: dict[str, Any], own: list[str], names: list[str]) -> BrokenLine:
    """A row without what the portal itself added when it was given back before."""
    cells = [*row["cells"][: len(own)], *row["cells"][len(names) :]]
    return BrokenLine(cells, [error["sentence"] for error in row["errors"]], row_code(intake, number))


def _not_now(request: PersonRequest, intake: Intake) -> HttpResponseBase:
    """Rows to mend are there between the check and the sending."""
    return sent(request, intake) if intake.status == IntakeStatus.CONFIRMED else redirect("intake:detail", intake.pk)


def _record(action: str, request: PersonRequest, intake: Intake) -> None:
    audit_record(
        action=action, category=Category.CONSULTATION, actor=request.user, obj=intake, count=rows_left(intake).count()
    )


def _file(parts: Iterator[bytes], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
