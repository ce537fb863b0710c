"""Saying how a file is written: what was found is shown, with its first rows, and a person says whether it is so."""

from __future__ import annotations

from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from efc_portal.accounts.http import PersonRequest
from efc_portal.core.blob_file import blob_open
from efc_portal.core.errors import ApplicationError
from efc_portal.core.pan import truncate_pans
from efc_portal.core.permissions import Permission
from efc_portal.intake.enums import IntakeStatus
from efc_portal.intake.forms import ColumnsForm, DialectForm
from efc_portal.intake.models import Intake
from efc_portal.intake.reading import Dialect, table_open
from efc_portal.intake.reading.dialect import KINDS
from efc_portal.intake.rows import Columns, Formats, columns_propose
from efc_portal.intake.selectors import get_intake_for, remembered
from efc_portal.intake.services import intake_check, intake_describe
from efc_portal.intake.services.files import own_names
from efc_portal.partners.decorators import require

SHOWN_ROWS, SHOWN_COLUMNS, SHOWN_CHARACTERS = 4, 12, 60


@require_http_methods(["GET", "POST"])
@require(Permission.SUBMISSION_CREATE)
def describe(request: PersonRequest, pk: UUID) -> HttpResponse:
    """`reread` shows the columns anew as the file is then read; `check` states all of it, and begins the check."""
    intake = get_intake_for(request.user, pk)
    if intake.status not in (IntakeStatus.UPLOADED, IntakeStatus.DESCRIBED):
        return redirect("intake:detail", pk=pk)
    found = Dialect.from_json(intake.dialect)
    said = DialectForm(found, request.POST or None)
    dialect = said.chosen() if said.is_bound and said.is_valid() else found
    try:
        names, sample = _first_rows(intake, dialect)
    except ApplicationError as error:
        return _page(request, intake, said, None, [], error=error.message)
    shown = request.POST.get("shown", "")
    begins = request.method == "POST" and request.POST.get("action") == "check" and shown == _shown(dialect)
    columns, formats = _proposed(intake, names)
    form = ColumnsForm(names, columns, formats, request.POST if begins else None)
    if begins and form.is_valid():
        with transaction.atomic():
            intake_describe(
                intake=intake, dialect=dialect, columns=form.columns(), formats=form.formats(), actor=request.user
            )
            intake_check(intake=intake, actor=request.user)
        return redirect("intake:detail", pk=pk)
    return _page(request, intake, said, form, sample, dialect=dialect)


def _first_rows(intake: Intake, dialect: Dialect) -> tuple[list[str], list[list[str]]]:
    """The names of the columns and a few rows, cut short and without card numbers."""
    with blob_open(intake.blob, data_key=intake.submission.data_key, context=intake.context) as stream:
        table = table_open(stream, dialect)
        names = list(table.columns)
        width = len(own_names(names))
        rows = [row.cells[:width] for row in islice(table.rows(), SHOWN_ROWS)]
    return names, [[truncate_pans(cell)[0][:SHOWN_CHARACTERS] for cell in row] for row in rows]


def _proposed(intake: Intake, names: list[str]) -> tuple[Columns, Formats | None]:
    """As the organisation had it the last time, else by the names alone; formats are not proposed then."""
    return remembered(intake, names) or (columns_propose(names), None)


def _shown(dialect: Dialect) -> str:
    """What the columns on the page depend on."""
    return "\x1f".join([dialect.encoding, dialect.delimiter.replace("\t", "tab"), dialect.sheet, str(dialect.header)])


def _page(
    request: PersonRequest,
    intake: Intake,
    said: DialectForm,
    form: ColumnsForm | None,
    sample: list[list[str]],
    *,
    dialect: Dialect | None = None,
    error: str = "",
) -> HttpResponse:
    wrong = bool(error or (form and form.is_bound) or (said.is_bound and not said.is_valid()))
    context: dict[str, Any] = {
        "intake": intake,
        "said": said,
        "form": form,
        "kind": KINDS[Dialect.from_json(intake.dialect).kind],
        "shown": _shown(dialect) if dialect else "",
        "names": own_names(form.names)[:SHOWN_COLUMNS] if form else [],
        "sample": [row[:SHOWN_COLUMNS] for row in sample],
        "more_columns": form is not None and len(form.names) > SHOWN_COLUMNS,
        "known": bool(form and form.initial.get("dates")),
        "error": error,
        "errors": [{"text": error, "url": ""}] if error else [],
    }
    return render(request, "intake/describe.html", context, status=422 if wrong else 200)
