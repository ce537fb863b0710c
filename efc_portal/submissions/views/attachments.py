"""Files of a draft, and handing them out again."""

from __future__ import annotations

from typing import BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from efc_portal.accounts.http import PersonRequest
from efc_portal.core.errors import ApplicationError
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.submissions.selectors import get_attachment_for, get_draft_for
from efc_portal.submissions.services import attachment_add, attachment_open, attachment_remove
from efc_portal.submissions.views.form import step_page
from efc_portal.submissions.views.parts import Part


@require_POST
@require(Permission.SUBMISSION_CREATE)
def add(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Take the chosen files in one by one; each refused one has its sentence, the others stay."""
    draft = get_draft_for(request.user, pk)
    refused = []
    files = request.FILES.getlist("files")
    for file in files:
        try:
            attachment_add(draft=draft, file=cast(BinaryIO, file), filename=file.name or "", actor=request.user)
        except ApplicationError as error:
            refused.append({"text": _about(file.name or "", error.message), "url": "#id_files"})
    if not files:
        refused.append({"text": _("Choose a file first."), "url": "#id_files"})
    if refused:
        return step_page(request, draft, Part("attachments"), refused=refused, status=422)
    return redirect("submissions:edit", pk=draft.pk, step="attachments")


def _about(name: str, sentence: str) -> str:
    """The sentence with the file's name, which most carry already."""
    return sentence if name in sentence else _("%(label)s: %(error)s") % {"label": name, "error": sentence}


@require_http_methods(["GET", "POST"])
@require(Permission.SUBMISSION_CREATE)
def remove(request: PersonRequest, pk: UUID, attachment: UUID) -> HttpResponse:
    draft = get_draft_for(request.user, pk)
    found = get_attachment_for(request.user, draft.pk, attachment)
    if request.method == "GET":
        return render(request, "submissions/attachment_remove.html", {"draft": draft, "attachment": found})
    attachment_remove(attachment=found, actor=request.user)
    messages.success(request, _("The file was removed."))
    return redirect("submissions:edit", pk=draft.pk, step="attachments")


@require_GET
@require(Permission.SUBMISSION_VIEW_OWN, Permission.SUBMISSION_TRIAGE, Permission.CASE_WORK)
def download(request: PersonRequest, pk: UUID, attachment: UUID) -> StreamingHttpResponse:
    """A file as it was stored, always as a download of unknown type: browsers must not open it."""
    found = get_attachment_for(request.user, pk, attachment)
    response = StreamingHttpResponse(
        attachment_open(attachment=found, actor=request.user), content_type="application/octet-stream"
    )
    response.headers["Content-Length"] = str(found.size)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.pk}.{found.kind}"'
    return response
