"""The whole form on one page, for people who know it."""

from __future__ import annotations

import json
from hashlib import sha256
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from efc_portal.accounts.http import PersonRequest
from efc_portal.core.permissions import Permission
from efc_portal.partners.decorators import require
from efc_portal.partners.permissions import access_of
from efc_portal.submissions.documents import Document, empty_document, without_pans
from efc_portal.submissions.forms import WholeDraft
from efc_portal.submissions.forms.found import typed_found
from efc_portal.submissions.services import draft_create, draft_save, submission_send
from efc_portal.submissions.views.parts import part_of

PARTS = ("what", "identifiers", "payments", "handling")


@require_http_methods(["GET", "POST"])
@require(Permission.SUBMISSION_CREATE)
def one_page(request: PersonRequest) -> HttpResponse:
    """Send at once when all is right; otherwise show every problem, with what was typed. Saving makes a draft."""
    region = access_of(request.user).country
    document = empty_document()
    if request.method == "GET":
        parts = {code: part_of(code, document, region=region) for code in PARTS}
        return render(request, "submissions/one_page.html", {"parts": parts, "form_key": uuid4()})
    for code in PARTS:
        document.update(part_of(code, document, region=region, data=request.POST).raw())
    document, _truncated = without_pans(document)
    if request.POST.get("action") == "save":
        draft = draft_create(actor=request.user)
        draft_save(draft=draft, parts=document, actor=request.user)
        messages.success(request, _("Saved as a draft. You can add files and send it when it is complete."))
        return redirect("submissions:edit", pk=draft.pk, step="attachments")
    document["found"] = typed_found(request.POST)
    whole = WholeDraft(document, region=region)
    errors = [{"text": sentence, "url": f"#{code}"} for code, sentence in whole.problems]
    if not errors and whole.asks(request.POST.get("asked", "")):
        errors = [{"text": _("Say which of the values in your text to report."), "url": "#found"}]
    if errors:
        context = {
            "parts": {code: part_of(code, document, region=region) for code in PARTS},
            "errors": errors,
            "form_key": request.POST.get("form_key", ""),
            "found": whole.found_form(),
            "certain": whole.found.certain,
        }
        return render(request, "submissions/one_page.html", context, status=422)
    pk = _id_of(request, document)
    sent = submission_send(finished=whole.finished(), actor=request.user, pk=pk)
    messages.success(request, _("Your submission has the reference %(reference)s.") % {"reference": sent.reference})
    return redirect("submissions:detail", pk=sent.pk)


def _id_of(request: PersonRequest, document: Document) -> UUID | None:
    """The id of what this person sends with this form and these words.

    Whoever got no answer and sends the form again sends it once; changed, or in a new form, it is another submission.
    """
    try:
        key = UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None
    words = sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
    return uuid5(request.user.pk, f"{key} {words}")
