"""Saying how a file is written: what was found is shown, with its first rows, and a person says whether it is so.

Of a format whose fields are known nothing is asked; what will be read is shown all the same.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

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
from efc_portal.intake.presentation import fields_shown
from efc_portal.intake.reading import Dialect, table_open
from efc_portal.intake.reading.dialect import KINDS
from efc_portal.intake.rows import Columns, Formats, columns_propose
from efc_portal.intake.selectors import remembered
from efc_portal.intake.services import intake_check, intake_describe
from efc_portal.intake.services.files import own_names
from efc_portal.intake.views.opening import of_intake
from efc_portal.partners.decorators import require

SHOWN_ROWS, SHOWN_COLUMNS, SHOWN_CHARACTERS = 4, 12, 60


@require_http_methods(["GET", "POST"])
@require(Permission.SUBMISSION_CREATE)
@of_intake
def describe(request: PersonRequest, intake: Intake) -> HttpResponse:
    """`reread` shows the columns anew as the file is then read; `check` states all of it, and begins the check."""
    if intake.status not in (IntakeStatus.UPLOADED, IntakeStatus.DESCRIBED):
        return redirect("intake:detail", pk=intake.pk)
    found = Dialect.from_json(intake.dialect)
    said = DialectForm(found, request.POST or None)
    dialect = said.chosen() if said.is_bound and said.is_valid() else found
    try:
        names, sample = _first_rows(intake, dialect)
    except ApplicationError as error:
        return _page(request, intake, said, None, [], error=error.message)
    shown = request.POST.get("shown", "")
    begins = request.method == "POST" and request.POST.get("action") == "check" and shown == _shown(dialect)
    if dialect.has_known_fields:
        if begins:
            return _begun(request, intake, dialect, columns_propose(names), Formats())
        return _page(request, intake, said, None, sample, dialect=dialect)
    columns, formats = _proposed(intake, names)
    form = ColumnsForm(names, columns, formats, request.POST if begins else None)
    if begins and form.is_valid():
        return _begun(request, intake, dialect, form.columns(), form.formats())
    return _page(request, intake, said, form, sample, dialect=dialect)


def _begun(
    request: PersonRequest, intake: Intake, dialect: Dialect, columns: Columns, formats: Formats
) -> HttpResponse:
    with transaction.atomic():
        intake_describe(intake=intake, dialect=dialect, columns=columns, formats=formats, actor=request.user)
        intake_check(intake=intake, actor=request.user)
    return redirect("intake:detail", pk=intake.pk)


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
    names = own_names(form.names) if form else []
    if dialect and dialect.has_known_fields:
        names, sample = fields_shown(sample)
    context: dict[str, Any] = {
        "intake": intake,
        "said": said,
        "form": form,
        "kind": KINDS[Dialect.from_json(intake.dialect).kind],
        "shown": _shown(dialect) if dialect else "",
        "names": names[:SHOWN_COLUMNS],
        "sample": [row[:SHOWN_COLUMNS] for row in sample],
        "more_columns": len(names) > SHOWN_COLUMNS,
        "known_fields": dialect is not None and dialect.has_known_fields,
        "ready": dialect is not None,
        "known": bool(form and form.initial.get("dates")),
        "error": error,
        "errors": [{"text": error, "url": ""}] if error else [],
    }
    return render(request, "intake/describe.html", context, status=422 if wrong else 200)
