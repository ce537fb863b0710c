"""Contacts out of a table: choose a file, read the report, confirm the good rows, mend the broken ones."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods
from openpyxl import Workbook

from efc_portal.accounts.http import PersonRequest
from efc_portal.audit.enums import Category
from efc_portal.audit.services import audit_record
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.core.spreadsheets import cell
from efc_portal.partners.decorators import require
from efc_portal.partners.enums import ContactImportStatus, ContactKind
from efc_portal.partners.models import ContactImport
from efc_portal.partners.register.forms.files import ContactFileForm
from efc_portal.partners.register.imports.checking import shown
from efc_portal.partners.register.imports.columns import LABELS, ROW, WRONG
from efc_portal.partners.register.imports.services import (
    contact_import_confirm,
    contact_import_discard,
    contact_import_upload,
)
from efc_portal.partners.register.selectors import contact_imports_for
from efc_portal.partners.register.views.listing import XLSX

ROWS_PER_PAGE = 25
LATEST = 10
DELIMITERS = {
    ",": gettext_lazy("comma"),
    ";": gettext_lazy("semicolon"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("vertical stroke"),
}
COLUMNS = [
    {"label": gettext_lazy("Row"), "num": True},
    {"label": gettext_lazy("Organisation in the file")},
    {"label": gettext_lazy("What is wrong, and how to mend it")},
]


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
def new(request: PersonRequest) -> HttpResponse:
    """Choose a file. What the door or the first row refuses is said here; rows are checked afterwards."""
    form = ContactFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = ContactFileForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                batch = contact_import_upload(actor=request.user, file=cast(BinaryIO, file), filename=file.name or "")
            except ApplicationError as error:
                form.add_error("file", error.message)
            else:
                return redirect("contact_import", pk=batch.pk)
    context = {
        "form": form,
        "columns": LABELS.values(),
        "kinds": [kind.label for kind in ContactKind],
        "latest": contact_imports_for(request.user)[:LATEST],
    }
    return render(request, "partners/register/import_new.html", context, status=422 if form.is_bound else 200)


@require_GET
@require(Permission.MEMBERS_MANAGE)
def template(request: PersonRequest, kind: str) -> HttpResponse:
    """A table with the names of the columns, to begin with."""
    headings = [str(label) for label in LABELS.values()]
    if kind == "csv":
        return _file(_csv([headings]), "text/csv; charset=utf-8", "contacts.csv")
    if kind != "xlsx":
        raise Http404
    book, file = Workbook(write_only=True), io.BytesIO()
    book.create_sheet("Contacts").append(headings)
    book.save(file)
    return _file(file.getvalue(), XLSX, "contacts.xlsx")


@require_GET
@require(Permission.MEMBERS_MANAGE)
def report(request: PersonRequest, pk: UUID) -> HttpResponse:
    """How far it is, then what was found: counts, and each broken row with what is wrong."""
    batch = get_object_or_404(contact_imports_for(request.user), pk=pk)
    broken = Paginator(batch.rows.filter(is_good=False), ROWS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **_progress(batch),
        "page": broken,
        "columns": COLUMNS,
        "rows": [
            {"number": row.number, "organisation": row.values.get("organisation", ""), "problems": shown(row)}
            for row in broken.object_list
        ],
        "delimiter": DELIMITERS.get(batch.delimiter, ""),
    }
    return render(request, "partners/register/import.html", context)


@require_GET
@require(Permission.MEMBERS_MANAGE)
def progress(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The live part of the page: asked for until every row is checked."""
    batch = get_object_or_404(contact_imports_for(request.user), pk=pk)
    response = render(request, "partners/register/_import_progress.html", _progress(batch))
    if not batch.is_running:
        response.headers["HX-Refresh"] = "true"
    return response


def _progress(batch: ContactImport) -> dict[str, Any]:
    steps = [
        {"label": _("File received"), "state": "done", "at": batch.uploaded_at},
        {"label": _("Every row checked"), "state": "running" if batch.is_running else "done"},
    ]
    return {"batch": batch, "progress": steps, "may_confirm": batch.status == ContactImportStatus.CHECKED}


@require_GET
@require(Permission.MEMBERS_MANAGE)
def broken_rows(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The broken rows as they came, with what is wrong: mend this file and send it."""
    batch = get_object_or_404(contact_imports_for(request.user), pk=pk)
    rows = list(batch.rows.filter(is_good=False))
    headings = [str(one) for one in (*LABELS.values(), ROW, WRONG)]
    lines = [
        [
            *(row.values.get(column, "") for column in LABELS),
            str(row.number),
            " ".join(f"{one['label']}: {one['text']}" for one in shown(row)),
        ]
        for row in rows
    ]
    audit_record(
        action="contact_import.take_broken",
        category=Category.CONSULTATION,
        actor=request.user,
        obj=batch,
        count=len(rows),
    )
    return _file(_csv([headings, *lines]), "text/csv; charset=utf-8", "contacts-to-mend.csv")


def _csv(lines: Iterable[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(
        [cell(value) for value in line] for line in lines
    )
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
def confirm(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask, then add every good row at once."""
    batch = get_object_or_404(contact_imports_for(request.user), pk=pk)
    if request.method == "GET":
        return render(request, "partners/register/import_confirm.html", {"batch": batch})
    added = contact_import_confirm(batch=batch, actor=request.user)
    text = ngettext("%(number)s contact is added.", "%(number)s contacts are added.", added)
    messages.success(request, text % {"number": added})
    return redirect("contact_import", pk=pk)


@require_http_methods(["GET", "POST"])
@require(Permission.MEMBERS_MANAGE)
def discard(request: PersonRequest, pk: UUID) -> HttpResponse:
    batch = get_object_or_404(contact_imports_for(request.user), pk=pk)
    if request.method == "GET":
        return render(request, "partners/register/import_discard.html", {"batch": batch})
    contact_import_discard(batch=batch, actor=request.user)
    messages.success(request, _("The file and its rows are forgotten."))
    return redirect("contact_import_new")
