"""Choosing a file, and what it may look like."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from efc_portal.accounts.http import PersonRequest
from efc_portal.core.errors import ApplicationError
from efc_portal.core.models import DataKey
from efc_portal.core.permissions import Permission
from efc_portal.intake import template as data
from efc_portal.intake.models import Intake
from efc_portal.intake.reading.errors import the_door
from efc_portal.intake.selectors import open_intakes
from efc_portal.intake.services import intake_upload
from efc_portal.intake.uploads import SealedFile, SealingHandler
from efc_portal.partners.decorators import require
from efc_portal.submissions.models import Submission
from efc_portal.submissions.selectors import get_draft_for
from efc_portal.submissions.services.drafts import PURPOSE

LATEST = 10
_CSV = "text/csv; charset=utf-8"
TEMPLATES = {
    "csv": (data.template_csv, _CSV, "efc-template.csv"),
    "xlsx": (
        data.template_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "efc-template.xlsx",
    ),
    "examples": (data.examples_csv, _CSV, "efc-examples.csv"),
    "dictionary": (data.dictionary_csv, _CSV, "efc-data-dictionary.csv"),
}


@csrf_exempt  # it is asked for below, by `_upload`: that reads the body, and where it goes must be said before
@require_http_methods(["GET", "POST"])
@require(Permission.SUBMISSION_CREATE)
def new(request: PersonRequest) -> HttpResponseBase:
    """Choose a file. It is sealed while it arrives; what it is, is looked at as soon as it is there."""
    draft = _draft(request)
    if request.method == "GET":
        return _page(request, draft)
    data_key = draft.data_key if draft else DataKey.new(PURPOSE)
    handler = SealingHandler(data_key=data_key, limit=settings.INTAKE_MAX_BYTES)
    request.upload_handlers = [handler]
    try:
        return _upload(request, draft, handler)
    finally:
        handler.discard()


def _draft(request: PersonRequest) -> Submission | None:
    """The draft that the file is to be added to, if one is named."""
    wanted = request.GET.get("draft", "")
    if not wanted:
        return None
    try:
        return get_draft_for(request.user, UUID(wanted))
    except ValueError:
        raise Http404 from None


@csrf_protect
def _upload(request: PersonRequest, draft: Submission | None, handler: SealingHandler) -> HttpResponse:
    file = request.FILES.get("file")
    try:
        intake = _taken(request, draft, handler, file)
    except ApplicationError as error:
        return _page(request, draft, error=error.message)
    return redirect("intake:describe", pk=intake.pk)


def _taken(request: PersonRequest, draft: Submission | None, handler: SealingHandler, file: object) -> Intake:
    if handler.refusal is not None:
        with the_door(handler.file_name or ""):
            raise handler.refusal
    if not isinstance(file, SealedFile) or file.blob is None:
        raise ApplicationError(_("Choose a file first."))
    intake = intake_upload(
        draft=draft,
        data_key=handler.data_key,
        pk=handler.pk,
        blob=file.blob,
        name=file.name or "",
        truncated=file.truncated,
        actor=request.user,
    )
    handler.taken()
    return intake


def _page(request: PersonRequest, draft: Submission | None, *, error: str = "") -> HttpResponse:
    context = {
        "draft": draft,
        "error": error,
        "errors": [{"text": error, "url": "#id_file"}] if error else [],
        "latest": [] if draft else open_intakes(request.user)[:LATEST],
        "megabytes": settings.INTAKE_MAX_BYTES // (1024 * 1024),
    }
    return render(request, "intake/new.html", context, status=422 if error else 200)


@require_GET
@require(Permission.SUBMISSION_CREATE)
def template(request: PersonRequest, kind: str) -> HttpResponse:
    """The data collection template, alone or with a row for each type of identifier, and its dictionary."""
    if kind not in TEMPLATES:
        raise Http404
    make, content_type, name = TEMPLATES[kind]
    response = HttpResponse(make(), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
@require(Permission.SUBMISSION_CREATE)
def dictionary(request: PersonRequest) -> HttpResponse:
    """What each column of the template holds."""
    return render(request, "intake/dictionary.html", {"columns": data.dictionary(), "types": data.types()})
